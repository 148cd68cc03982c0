using System.Data.Common;
using Line;
using Microsoft.Data.Sqlite;
using ModuleGateway.Store.Sql;
using SQLitePCL;
using Tenancy;

namespace ModuleGateway.Store.Sqlite;

/// <summary>One connection to the file and its prepared statements.</summary>
internal sealed class SqliteSession : SqlSession
{
    private const int BusyMillis = 5000; // A reader meets another's lock only in the moment in which the log begins anew.
    private const int MemoryStatistics = 9; // SQLITE_CONFIG_MEMSTATUS.

    private const int CacheWrites = 9; // SQLITE_DBSTATUS_CACHE_WRITE.

    private const int PlansAreKept = 1007; // SQLITE_DBCONFIG_ENABLE_QPSG.

    private const int ConstantsMax = 1024; // Texts that are put together anew each time would fill it.

    private const int KeptMax = 32_768; // Rows, of some 500 bytes.

    private readonly Dictionary<string, SqliteStatement> _prepared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SqliteStatement> _constants = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<NumberedInsert, RowNumbers> _numbers = [];
    private readonly sqlite3 _database;
    private readonly SqliteEventRows _events;
    private readonly bool _isWriter;
    private DateTimeOffset _now;
    private long _pagesWritten;
    private long _undeliveredBefore; // The work that runs.

    /// <summary>SQLite counts every allocation of the process under one lock, which its connections then wait for. Nobody reads the count. Without effect where another room was here first.</summary>
    static SqliteSession()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(MemoryStatistics, 0);
    }

    public SqliteSession(string file, bool readOnly)
    {
        _isWriter = !readOnly;
        var flags = raw.SQLITE_OPEN_NOMUTEX | (readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        var code = raw.sqlite3_open_v2(file, out _database, flags, null);
        if (code != raw.SQLITE_OK)
        {
            using (_database)
                throw Fault(code);
        }

        raw.sqlite3_busy_timeout(_database, BusyMillis);

        // Otherwise a statement with LIMIT $n is planned anew each time a number is bound to it, which costs ten times what running it does.
        raw.sqlite3_db_config(_database, PlansAreKept, 1, out _);
        _events = new SqliteEventRows(this);
        Transaction = new SqlTransactionRows(this, _events);
    }

    public SqlTransactionRows Transaction { get; }

    /// <summary>How often SQLite planned a statement anew that had its plan.</summary>
    public int PlansMade => _prepared.Values.Sum(statement => statement.PlansMade);

    /// <summary>Pages that this connection has written, to the log.</summary>
    public long PagesWritten
    {
        get
        {
            _ = raw.sqlite3_db_status(_database, CacheWrites, out var pages, out _, 1);
            return _pagesWritten += pages;
        }
    }

    /// <summary>Says whether somebody waits for the turn.</summary>
    public Func<bool> IsAwaited { get; set; } = static () => false;

    public override bool OthersWait => IsAwaited();

    /// <summary>One instant for each work.</summary>
    public override DateTimeOffset Now => _now;

    /// <summary>To the millisecond, as it is kept: what is written and read again is equal.</summary>
    public void Begin(TimeProvider clock)
    {
        _now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        Taken.Clear();
        _undeliveredBefore = Undelivered;
        if (_isWriter && Transaction.Kept <= KeptMax)
            return; // What the writer knows stays true: nobody else writes this file.

        Transaction.Forget();
        if (!_isWriter)
            _events.Doubt();
    }

    /// <summary>Lets go of what a reader saw, so that the log need not keep it.</summary>
    public void EndRead()
    {
        if (raw.sqlite3_get_autocommit(_database) == 0)
            Execute("COMMIT");
    }

    /// <summary>Takes back what was written, and with it what was known of it.</summary>
    public void Undo(string rollback)
    {
        Execute(rollback);
        Undelivered = rollback == "ROLLBACK" ? 0 : _undeliveredBefore;
        Doubt();
    }

    /// <summary>Ends the transaction, if there still is one: on some errors (disk full) SQLite has rolled back by itself.</summary>
    public void UndoAll()
    {
        if (raw.sqlite3_get_autocommit(_database) == 0)
            Execute("ROLLBACK");
        Undelivered = 0;
        Doubt();
    }

    /// <summary>One writer, one order: there is nobody to keep away, and only that it was not forgotten is kept.</summary>
    public override bool TakeBot(BotId bot)
    {
        Taken.Add(bot);
        return false;
    }

    public override void TakeRegistry()
    {
        // One writer, one order.
    }

    public override void TakeModule(ModuleId module)
    {
        // One writer, one order.
    }

    /// <summary>Runs statements without values, one after the other.</summary>
    public void RunAll(string statements)
    {
        var code = raw.sqlite3_exec(_database, statements);
        if (code != raw.SQLITE_OK)
            throw Fault(code);
    }

    public override void Execute(string sql, params ReadOnlySpan<object?> values) => Run(Prepare(sql, values));

    private static void Run(SqliteStatement statement)
    {
        try
        {
            while (statement.Step())
            {
                // PRAGMA statements answer; nobody asked.
            }
        }
        finally
        {
            statement.Reset();
        }
    }

    public override int Change(string sql, params ReadOnlySpan<object?> values)
    {
        Execute(sql, values);
        return raw.sqlite3_changes(_database);
    }

    public override void Add(NumberedInsert insert, params ReadOnlySpan<object?> values) => AddNumbered(insert, values);

    public override long AddNumbered(NumberedInsert insert, params ReadOnlySpan<object?> values)
    {
        var number = NumbersOf(insert).Next();
        Run(Prepare(insert.WithNumber, values, number));
        return number;
    }

    public override long? TryAddNumbered(NumberedInsert insert, params ReadOnlySpan<object?> values)
    {
        var numbers = NumbersOf(insert);
        var number = numbers.Next();
        Run(Prepare(insert.WithNumberIfNew, values, number));
        if (raw.sqlite3_changes(_database) == 1)
            return number;

        numbers.GiveBack();
        return null;
    }

    public override List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        var statement = Prepare(sql, values);
        try
        {
            var rows = new List<T>();
            while (statement.Step())
                rows.Add(read(statement.Rows));
            return rows;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Writes home what is committed in the log, beside whoever reads or writes.</summary>
    /// <returns>How many pages the log has; null where it could not be done now.</returns>
    public int? BringLogHome() =>
        raw.sqlite3_wal_checkpoint_v2(_database, null, raw.SQLITE_CHECKPOINT_PASSIVE, out var pages, out _) == raw.SQLITE_OK ? pages : null;

    /// <summary>Writes all of the log home, waits until nobody reads from it any more, and empties it. For the writer, in its turn.</summary>
    /// <returns>False: somebody still read from it after <paramref name="patienceMillis"/>.</returns>
    public bool BeginLogAnew(int patienceMillis)
    {
        raw.sqlite3_busy_timeout(_database, patienceMillis);
        var code = raw.sqlite3_wal_checkpoint_v2(_database, null, raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
        raw.sqlite3_busy_timeout(_database, BusyMillis);
        return code == raw.SQLITE_OK;
    }

    public override void Dispose()
    {
        foreach (var statement in _prepared.Values)
            statement.Dispose();
        _database.Dispose();
    }

    private SqliteStatement Prepare(string sql, ReadOnlySpan<object?> values)
    {
        var statement = Prepare(sql, values.Length);
        statement.Bind(values);
        return statement;
    }

    /// <summary>With one value more.</summary>
    private SqliteStatement Prepare(string sql, ReadOnlySpan<object?> values, long last)
    {
        var statement = Prepare(sql, values.Length + 1);
        statement.Bind(values);
        statement.BindLast(last);
        return statement;
    }

    /// <summary>Nearly every text is a constant, and the same one each time: that is seen at once, where its letters would be hashed each time.</summary>
    private SqliteStatement Prepare(string sql, int values)
    {
        if (_constants.TryGetValue(sql, out var statement))
            return statement;
        if (!_prepared.TryGetValue(sql, out statement))
            _prepared.Add(sql, statement = new SqliteStatement(_database, sql, values));
        if (_constants.Count < ConstantsMax)
            _constants.Add(sql, statement);
        return statement;
    }

    private RowNumbers NumbersOf(NumberedInsert insert)
    {
        if (!_numbers.TryGetValue(insert, out var numbers))
            _numbers.Add(insert, numbers = new RowNumbers(this, insert));
        return numbers;
    }

    private void Doubt()
    {
        Transaction.Forget();
        _events.Doubt();
        foreach (var numbers in _numbers.Values)
            numbers.Doubt();
    }

    private SqliteException Fault(int code) => SqliteStatement.Fault(_database, code);
}
