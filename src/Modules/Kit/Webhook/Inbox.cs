using System.Globalization;
using System.Threading.Channels;
using Line;
using Line.Webhooks;
using Microsoft.Data.Sqlite;

namespace Modules.Kit;

/// <summary>Events that the platform handed over: stored before they are acknowledged, worked off afterwards, once each.</summary>
internal sealed class Inbox
{
    private const int Waiting = 0, Done = 1, Failed = 2, Running = 3;

    // Waits, and nothing of its lane stands or runs before it.
    private const string IsHead = "i.State = 0 AND NOT EXISTS (SELECT 1 FROM Inbox AS e WHERE e.State IN (0, 3) AND e.Lane = i.Lane AND e.Seq < i.Seq)";

    private static readonly TimeSpan Retention = TimeSpan.FromDays(7); // The platform's own dedupe and redelivery windows are shorter.

    private readonly ModuleStore _store;
    private readonly TimeProvider _clock;
    private readonly Channel<bool> _arrivals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public Inbox(ModuleStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
        store.Run(
            """
            CREATE TABLE IF NOT EXISTS Inbox (
                Seq INTEGER PRIMARY KEY AUTOINCREMENT, Bot TEXT NOT NULL, EventId TEXT NULL, Lane TEXT NOT NULL, Body BLOB NOT NULL, ReceivedAt INTEGER NOT NULL,
                State INTEGER NOT NULL DEFAULT 0, DueAt INTEGER NOT NULL, Tries INTEGER NOT NULL DEFAULT 0, Step TEXT NOT NULL DEFAULT '', InDoubt INTEGER NOT NULL DEFAULT 0,
                Error TEXT NULL);
            CREATE UNIQUE INDEX IF NOT EXISTS InboxOnce ON Inbox (Bot, EventId) WHERE EventId IS NOT NULL;
            CREATE INDEX IF NOT EXISTS InboxLanes ON Inbox (Lane, Seq) WHERE State IN (0, 3);
            """);
        store.Run("UPDATE Inbox SET State = $waiting WHERE State = $running", ("$waiting", Waiting), ("$running", Running)); // What a crash left behind.
    }

    /// <summary>Completes when something may be there to do. One waiter.</summary>
    public ValueTask<bool> ArrivalAsync(CancellationToken cancellationToken) => _arrivals.Reader.ReadAsync(cancellationToken);

    /// <summary>Stores all events of a request, or none; those that are here already stay as they are.</summary>
    public void Store(ReadOnlySpan<byte> body, WebhookScan scan)
    {
        var bot = scan.Destination.ToString();
        using (var connection = _store.Open())
        using (var transaction = connection.BeginTransaction())
        {
            foreach (var webhookEvent in scan)
                Insert(connection, bot, webhookEvent);

            transaction.Commit();
        }

        Wake();
    }

    /// <summary>
    /// The next event of each chat in which none is being worked on and whose time has come, oldest first. They are marked as begun:
    /// after a crash they come again, in doubt.
    /// </summary>
    public IReadOnlyList<ReceivedEvent> Take(int limit)
    {
        using var connection = _store.Open();
        using var transaction = connection.BeginTransaction();
        var taken = connection.Query(
            $"SELECT Seq, Bot, Body, ReceivedAt, Step, InDoubt FROM Inbox AS i WHERE {IsHead} AND DueAt <= $now ORDER BY Seq LIMIT $limit",
            Read, ("$now", _clock.GetUtcNow()), ("$limit", limit));
        foreach (var received in taken)
            connection.Run("UPDATE Inbox SET State = $running, InDoubt = 1 WHERE Seq = $seq", ("$seq", received.Seq), ("$running", Running));

        transaction.Commit();
        return taken;
    }

    /// <summary>When the next event that waits for its time, or for another try, is due; null when none waits.</summary>
    public DateTimeOffset? NextDueAt()
    {
        using var connection = _store.Open();
        return connection.Scalar($"SELECT MIN(DueAt) FROM Inbox AS i WHERE {IsHead}") is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
    }

    /// <summary>Notes how far the handler has come, before it goes on.</summary>
    public void SetStep(ReceivedEvent received, string step) =>
        _store.Run("UPDATE Inbox SET Step = $step WHERE Seq = $seq", ("$seq", received.Seq), ("$step", step));

    /// <summary>The event is worked off.</summary>
    public void Finish(ReceivedEvent received) =>
        _store.Run("UPDATE Inbox SET State = $done, InDoubt = 0, Error = NULL WHERE Seq = $seq", ("$seq", received.Seq), ("$done", Done));

    /// <summary>The event cannot be worked off; kept with the reason until it is pruned.</summary>
    public void Fail(ReceivedEvent received, string error) =>
        _store.Run("UPDATE Inbox SET State = $failed, Error = $error WHERE Seq = $seq", ("$seq", received.Seq), ("$failed", Failed), ("$error", error));

    /// <summary>The event is tried again later. Returns false, and does nothing, when it has been tried often enough.</summary>
    /// <param name="received">The event.</param>
    /// <param name="delays">Waits before the second, third, ... try.</param>
    /// <param name="isInDoubt">Whether what the try sent may have arrived.</param>
    /// <param name="error">What went wrong.</param>
    public bool Postpone(ReceivedEvent received, IReadOnlyList<TimeSpan> delays, bool isInDoubt, string error)
    {
        using var connection = _store.Open();
        var tries = connection.Scalar("SELECT Tries FROM Inbox WHERE Seq = $seq", ("$seq", received.Seq)) ?? delays.Count;
        if (tries >= delays.Count)
            return false;

        connection.Run(
            "UPDATE Inbox SET State = $waiting, Tries = Tries + 1, DueAt = $due, InDoubt = $doubt, Error = $error WHERE Seq = $seq",
            ("$seq", received.Seq), ("$due", _clock.GetUtcNow() + delays[(int)tries]), ("$doubt", isInDoubt ? 1 : 0), ("$error", error), ("$waiting", Waiting));
        return true;
    }

    /// <summary>Forgets events that were worked off or given up long ago.</summary>
    public void Prune() =>
        _store.Run("DELETE FROM Inbox WHERE State IN ($done, $failed) AND ReceivedAt < $before",
            ("$before", _clock.GetUtcNow() - Retention), ("$done", Done), ("$failed", Failed));

    /// <summary>Tells the worker to look again.</summary>
    public void Wake() => _arrivals.Writer.TryWrite(true);

    private void Insert(SqliteConnection connection, string bot, ScannedEvent webhookEvent)
    {
        var now = _clock.GetUtcNow();

        // A lane is a chat. What has no chat travels in the account's own lane.
        var lane = string.Create(CultureInfo.InvariantCulture, $"{bot}/{webhookEvent.SourceKind}/{webhookEvent.ChatId.ToString()}");
        connection.Run(
            "INSERT INTO Inbox (Bot, EventId, Lane, Body, ReceivedAt, DueAt) VALUES ($bot, $id, $lane, $body, $now, $now) ON CONFLICT DO NOTHING",
            ("$bot", bot),
            ("$id", webhookEvent.WebhookEventId.IsPresent ? webhookEvent.WebhookEventId.ToString() : null), // Without an id it is never a duplicate.
            ("$lane", lane),
            ("$body", webhookEvent.Raw.ToArray()),
            ("$now", now));
    }

    private static ReceivedEvent Read(SqliteDataReader row) => new(
        row.GetInt64(0),
        BotId.Parse(row.GetString(1), null),
        WebhookReader.ReadEvent(row.GetFieldValue<byte[]>(2)),
        row.Instant(3),
        row.GetString(4),
        row.GetInt64(5) != 0);
}
