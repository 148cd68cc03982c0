using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ModuleGateway.Store.Sqlite;

/// <summary>One prepared statement, straight on SQLite.</summary>
/// <remarks>
/// Hot path: a work runs about ten of these between two flushes, and every other work waits meanwhile. The driver looks each parameter up by name
/// at each run; here that is done once. Not thread-safe: its session's owner is its owner.
/// </remarks>
internal sealed class SqliteStatement : IDisposable
{
    private const uint IsKept = 1; // SQLITE_PREPARE_PERSISTENT: it will be used many times.

    private const int Replanned = 5; // SQLITE_STMTSTATUS_REPREPARE.

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <summary>Where $1, $2, … lie: SQLite counts them in the order in which the text names them.</summary>
    private readonly int[] _places;

    public SqliteStatement(sqlite3 database, string sql, int values)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, IsKept, out _statement, out var rest));
        if (rest.AsSpan().Trim().Length > 0)
            throw new ArgumentException("One statement at a time can have values and rows.", nameof(sql));
        _places = [.. Enumerable.Range(1, values).Select(i => raw.sqlite3_bind_parameter_index(_statement, "$" + i.ToString(CultureInfo.InvariantCulture)))];
        if (_places.Count(place => place > 0) != raw.sqlite3_bind_parameter_count(_statement))
            throw new ArgumentException($"The statement asks for other values than the {values} it was given.", nameof(sql));
        Rows = new SqliteRow(_statement);
    }

    /// <summary>The row that <see cref="Step"/> stands on.</summary>
    public SqliteRow Rows { get; }

    /// <summary>How often SQLite made a new plan for it since it was prepared.</summary>
    public int PlansMade => raw.sqlite3_stmt_status(_statement, Replanned, 0);

    public void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (_places[i] > 0)
                Check(Bind(_places[i], values[i]));
        }
    }

    public void BindLast(long number) => Check(raw.sqlite3_bind_int64(_statement, _places[^1], number));

    /// <summary>False when it is done.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Ready for its next run; it holds no read of the file any more. What it failed with was said by <see cref="Step"/>.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    public void Dispose() => _statement.Dispose();

    private int Bind(int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, place),
        long number => raw.sqlite3_bind_int64(_statement, place, number),
        int number => raw.sqlite3_bind_int64(_statement, place, number),
        byte[] bytes => raw.sqlite3_bind_blob(_statement, place, bytes),
        string text => raw.sqlite3_bind_text(_statement, place, text),
        _ => throw new ArgumentException($"A value of type {value.GetType().Name} has no place in the store.", nameof(value)),
    };

    /// <summary>What SQLite said, as its driver says it.</summary>
    public static SqliteException Fault(sqlite3 database, int code) =>
        new($"SQLite Error {code & 0xFF}: '{raw.sqlite3_errmsg(database).utf8_to_string()}'.", code & 0xFF, raw.sqlite3_extended_errcode(database));

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw Fault(_database, code);
    }
}
