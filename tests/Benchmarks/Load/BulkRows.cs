using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Benchmarks.Load;

/// <summary>
/// Makes the embedded store's file big while no gateway has it: copies of rows that a gateway wrote, thousands of times as fast as it could write them.
/// A copy is as its original but for what is named, so that columns that come later are copied too.
/// </summary>
internal sealed class BulkRows : IDisposable
{
    private const int CopiesAtOnce = 10;
    private readonly SqliteConnection _connection;

    public BulkRows(string folder)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(folder, "gateway.db")};Pooling=False");
        _connection.Open();
        Run("PRAGMA journal_mode = DELETE");
        Run("PRAGMA journal_mode = OFF"); // Nobody else is here, and who breaks off throws the file away.
        Run("PRAGMA synchronous = OFF");
        Run("PRAGMA cache_size = -400000");
    }

    /// <summary>Attaches every account as the one is that LINE attached; each keeps its own default.</summary>
    public void AttachAll() => Run(
        $"INSERT OR REPLACE INTO account ({Columns("account")}) SELECT {Columns("account", ("bot", "a.bot"), ("default_linkage", "a.default_linkage"))} FROM (SELECT * FROM account WHERE connection = 0 LIMIT 1) t, account a WHERE a.connection <> t.connection");

    /// <summary>Copies LINE's events with their deliveries until there are so many more.</summary>
    /// <param name="count">Events to add; a whole number of copies of all is made, so that it may be some more.</param>
    /// <param name="areOwed">Whether the copies are still to be delivered; otherwise they are as done as the originals.</param>
    /// <returns>How many were added.</returns>
    public long CopyEvents(long count, bool areOwed)
    {
        Run("CREATE TEMP TABLE original AS SELECT seq, row_number() OVER (ORDER BY seq) - 1 AS place FROM event WHERE seq IN (SELECT event_seq FROM delivery) AND webhook_event_id LIKE '01%' AND type <> 'module'");
        var (originals, last) = (Number("SELECT count(*) FROM original"), Number("SELECT max(seq) FROM event"));
        var copies = (count + originals - 1) / originals;
        for (var first = 0L; first < copies; first += CopiesAtOnce)
            Copy(first, Math.Min(copies, first + CopiesAtOnce), originals, last, areOwed);
        return copies * originals;
    }

    public void Dispose()
    {
        Run("PRAGMA journal_mode = WAL");
        _connection.Dispose();
    }

    private void Copy(long from, long to, long originals, long last, bool areOwed)
    {
        var copies = string.Create(CultureInfo.InvariantCulture, $"WITH RECURSIVE copy (n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM copy WHERE n + 1 < {to})");
        var seq = string.Create(CultureInfo.InvariantCulture, $"{last} + 1 + copy.n * {originals} + o.place");
        const string Request = "unhex(printf('%016x%016x', o.place, copy.n + 1))"; // Events of one request travel together: each copy has its own.
        Run("BEGIN");
        Run($"{copies} INSERT INTO event ({Columns("event")}) SELECT {Columns("event", ("seq", seq), ("webhook_event_id", "t.webhook_event_id || '-' || copy.n"), ("request", Request))} FROM copy CROSS JOIN original o CROSS JOIN event t ON t.seq = o.seq");
        (string, string)[] owed = areOwed ? [("state", "0"), ("attempts", "0"), ("next_attempt_at", "NULL"), ("last_at", "NULL"), ("last_status", "0"), ("last_error", "NULL"), ("last_millis", "0")] : [];
        Run($"{copies} INSERT INTO delivery ({Columns("delivery", withoutId: true)}) SELECT {Columns("delivery", withoutId: true, [("event_seq", seq), ("request", Request), .. owed])} FROM copy CROSS JOIN original o JOIN delivery t ON t.event_seq = o.seq ORDER BY copy.n, o.place");
        Run("COMMIT");
    }

    private string Columns(string table, params (string Column, string Value)[] other) => Columns(table, withoutId: false, other);

    private string Columns(string table, bool withoutId, params (string Column, string Value)[] other)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid";
        using var reader = command.ExecuteReader();
        var columns = new List<string>();
        while (reader.Read())
        {
            if (!withoutId || reader.GetString(0) != "id")
                columns.Add(reader.GetString(0));
        }

        // Without replacements these are the names to write; with them the values to write there.
        return string.Join(", ", columns.Select(column => other.Length == 0 ? column : other.FirstOrDefault(one => one.Column == column) is { Value: { } value } ? value : $"t.{column}"));
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }

    private long Number(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
