using System.Data.Common;
using Line;
using ModuleGateway.Linkages;
using ModuleGateway.Store.Sql;
using Npgsql;
using Tenancy;

namespace ModuleGateway.Store.PostgreSql;

/// <summary>One connection. Statements without an answer wait for the next one that has one, and travel with it: a work costs as many round trips as it has questions.</summary>
/// <remarks>
/// Read committed: each statement sees what is committed when it begins. What a work may rely on it takes first (<see cref="TakeBot"/>), with a lock
/// that ends with the transaction; everything of that bot which it then reads is as the one before left it.
/// </remarks>
internal sealed class PostgreSqlSession : SqlSession
{
    /// <summary>Locks for things there is one of, apart from those of bots: PostgreSQL keeps pairs of numbers and single ones apart.</summary>
    private const int RegistryLock = 1;

    /// <summary>First of the pairs that stand for modules; the second is a part of the module's id, which some of them share.</summary>
    private const int ModuleLocks = 4;

    private const int LocksOfBots = 1024;

    private readonly NpgsqlConnection _connection;
    private readonly List<(NpgsqlBatchCommand Command, Action<DbDataReader>? Read)> _waiting = [];
    private bool _isWriting;
    private DateTimeOffset? _now;

    public PostgreSqlSession(NpgsqlConnection connection, RoutingTurn turn)
    {
        _connection = connection;
        Transaction = new SqlTransactionRows(this, new PostgreSqlEventRows(this, turn));
    }

    public SqlTransactionRows Transaction { get; }

    public bool IsBroken => _connection.State != System.Data.ConnectionState.Open;

    /// <summary>Closes the connection: nobody knows in what state it is.</summary>
    public void Abandon() => _connection.Close();

    public override DateTimeOffset Now
    {
        get
        {
            if (_now is null)
                AskTime();
            if (_now is null)
                Send();
            return _now!.Value;
        }
    }

    public void BeginRead() => Begin(isWriting: false);

    public void BeginWrite()
    {
        Begin(isWriting: true);
        Add("BEGIN", [], null);
    }

    /// <summary>Ends the transaction; what it did is durable when this returns.</summary>
    /// <param name="notice">Told to whoever listens, if it commits; null: nothing.</param>
    public void Commit(string? notice)
    {
        if (_waiting is [{ Command.CommandText: "BEGIN" }])
        {
            _waiting.Clear(); // Nothing was asked and nothing done.
            return;
        }

        if (notice is not null)
            Add("SELECT pg_notify($1, $2)", [PostgreSqlSchema.OwedChannel, notice], static _ => { });
        Add("COMMIT", [], null);
        Send();
    }

    /// <summary>Undoes what the transaction did, if it ever reached the server.</summary>
    public void Rollback()
    {
        var isAtServer = _waiting is not [{ Command.CommandText: "BEGIN" }, ..];
        _waiting.Clear();
        if (!isAtServer || IsBroken)
            return;

        using var rollback = new NpgsqlCommand("ROLLBACK", _connection);
        rollback.ExecuteNonQuery();
    }

    public override bool TakeBot(BotId bot)
    {
        if (!_isWriting || !Taken.Add(bot))
            return false;

        Add("SELECT pg_advisory_xact_lock($1)", [LockOf(bot)], static _ => { });
        AskTime(); // Read after the wait: who had the bot before wrote at an earlier instant.
        return true;
    }

    /// <summary>False when another transaction has this bot.</summary>
    public bool TryTakeBot(BotId bot)
    {
        if (Taken.Contains(bot))
            return true;
        if (!Query("SELECT pg_try_advisory_xact_lock($1)", static row => row.GetBoolean(0), LockOf(bot))[0])
            return false;

        Taken.Add(bot);
        _now = null;
        Transaction.Forget();
        return true;
    }

    public override void TakeRegistry()
    {
        if (_isWriting)
            Add("SELECT pg_advisory_xact_lock($1, $2)", [RegistryLock, 0], static _ => { });
    }

    public override void TakeModule(ModuleId module)
    {
        if (!_isWriting)
            return;

        Add("SELECT pg_advisory_xact_lock($1, $2)", [ModuleLocks, (int)BitConverter.ToUInt16(module.Value.ToByteArray(), 14)], static _ => { });
        AskTime(); // Read after the wait, as for a bot.
    }

    public override void Execute(string sql, params ReadOnlySpan<object?> values)
    {
        if (!_isWriting)
            throw new InvalidOperationException("A read changes nothing.");
        Add(sql, values, null);
    }

    public override int Change(string sql, params ReadOnlySpan<object?> values)
    {
        Execute(sql, values);
        var command = _waiting[^1].Command;
        Send();
        return (int)command.RecordsAffected;
    }

    public override void Add(NumberedInsert insert, params ReadOnlySpan<object?> values) => Execute(insert.WithoutNumber, values);

    public override long AddNumbered(NumberedInsert insert, params ReadOnlySpan<object?> values) => Count(insert.Returning, values);

    public override long? TryAddNumbered(NumberedInsert insert, params ReadOnlySpan<object?> values) => Number(insert.ReturningIfNew, values);

    public override List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        Add(sql, values, row => rows.Add(read(row)));
        Send();
        return rows;
    }

    public override void Dispose() => _connection.Dispose();

    /// <summary>Some bots share a lock: taking over a whole registry takes every bot, and a server has room for a few thousand locks.</summary>
    private static long LockOf(BotId bot) => (long)(ulong)(bot.Bits >> 64) & (LocksOfBots - 1);

    private void Begin(bool isWriting)
    {
        _isWriting = isWriting;
        _now = null;
        Undelivered = 0;
        _waiting.Clear();
        Taken.Clear();
        Transaction.Deliveries.Touched.Clear();
        Transaction.Forget();
    }

    private void AskTime() =>
        Add($"SELECT {PostgreSqlSchema.Now}()", [], row => _now = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)));

    private void Add(string sql, ReadOnlySpan<object?> values, Action<DbDataReader>? read)
    {
#pragma warning disable CA2100 // Statements are constants of the store's folders; values only ever travel as parameters.
        var command = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = Storable(value) });
        _waiting.Add((command, read));
    }

    /// <summary>PostgreSQL's texts hold every character but NUL, and a stranger may send one: U+FFFD stands for it.</summary>
    private static object Storable(object? value) => value is string text ? text.Replace('\0', '\uFFFD') : value ?? DBNull.Value;

    private void Send()
    {
        using var batch = new NpgsqlBatch(_connection);
        foreach (var (command, _) in _waiting)
            batch.BatchCommands.Add(command);
        var answers = _waiting.Where(one => one.Read is not null).Select(one => one.Read!).ToList();
        _waiting.Clear();

        // Only statements that answer have a result; those without are passed over.
        using var reader = batch.ExecuteReader();
        foreach (var read in answers)
        {
            while (reader.Read())
                read(reader);
            reader.NextResult();
        }
    }
}
