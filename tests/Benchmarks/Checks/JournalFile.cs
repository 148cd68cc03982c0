using Microsoft.Data.Sqlite;

namespace Benchmarks.Checks;

/// <summary>The embedded store's file, read from outside while the gateway works: what it says is what a restart would find.</summary>
internal sealed class JournalFile(string folder) : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);
    private readonly Lazy<SqliteConnection> _connection = new(() =>
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "gateway.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    });

    public long LastSeq => Number("SELECT coalesce(max(seq), 0) FROM event");

    public long Undelivered => Number("SELECT count(*) FROM delivery WHERE state = 0");

    /// <summary>Ids of LINE's events after this one, in the journal's order.</summary>
    public IReadOnlyList<string> IdsAfter(long seq)
    {
        using var command = _connection.Value.CreateCommand();
        command.CommandText = "SELECT webhook_event_id FROM event WHERE seq > $seq AND channel IS NOT NULL ORDER BY seq";
        command.Parameters.AddWithValue("$seq", seq);
        using var reader = command.ExecuteReader();
        var ids = new List<string>();
        while (reader.Read())
            ids.Add(reader.IsDBNull(0) ? "" : reader.GetString(0));
        return ids;
    }

    /// <summary>Completes when all that was accepted is routed and all that was routed is delivered.</summary>
    public async Task SettledAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        using var look = new PeriodicTimer(LookEvery); // Another process's file tells nobody that it changed.
        while (Number("SELECT count(*) FROM unrouted WHERE state = 0") + Undelivered is > 0 and var left)
        {
            if (limit.IsCancellationRequested)
                throw new RefusedRunException($"After {within.TotalSeconds:0} s {left} events or deliveries still wait.");
            await look.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public void Dispose()
    {
        if (_connection.IsValueCreated)
            _connection.Value.Dispose();
    }

    private long Number(string sql)
    {
        using var command = _connection.Value.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
