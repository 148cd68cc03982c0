using System.Data.Common;
using System.Globalization;
using Line;
using Microsoft.Data.Sqlite;
using ModuleGateway.Store.Sql;
using Tenancy;

namespace ModuleGateway.Store.Sqlite;

/// <summary>One connection to the file and its prepared statements.</summary>
internal sealed class SqliteSession : SqlSession
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private DateTimeOffset _now;

    public SqliteSession(string file, bool readOnly)
    {
        Connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        Connection.Open();
        Transaction = new SqlTransactionRows(this, new SqlEventRows(this));
    }

    public SqliteConnection Connection { get; }

    public SqlTransactionRows Transaction { get; }

    /// <summary>One instant for each work.</summary>
    public override DateTimeOffset Now => _now;

    /// <summary>To the millisecond, as it is kept: what is written and read again is equal.</summary>
    public void Begin(TimeProvider clock)
    {
        _now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        Taken.Clear();
        Transaction.Begin();
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

    public override void Execute(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    public override int Change(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    public override List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    public override void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        Connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
#pragma warning disable CA2100 // Statements are constants of the store's folders; values only ever travel as parameters.
            command = new SqliteCommand(sql, Connection);
#pragma warning restore CA2100
            for (var i = 1; i <= values.Length; i++)
                command.Parameters.Add(new SqliteParameter("$" + i.ToString(CultureInfo.InvariantCulture), null));
            _prepared.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
