using Line;
using System.Data.Common;
using ModuleGateway.Journal;

namespace ModuleGateway.Store.Sql;

internal abstract class SqlEventRows(SqlSession session) : IEventRows
{
    public const string Columns = Stored + ", coalesce((SELECT u.state FROM unrouted u WHERE u.state IN (0, 2, 3, 4) AND u.bot = event.bot AND u.seq = event.seq), 1)";

    private const string Stored =
        "event.seq, event.channel, event.bot, event.webhook_event_id, event.type, event.request, event.received_at, event.last_received_at, event.body, event.signed_by, event.trace, event.message";

    private static readonly NumberedInsert Insert =
        new("event", "seq", "channel, bot, webhook_event_id, variant, type, request, received_at, last_received_at, body, signed_by, trace, message");

    private const string Unrouted = "INSERT INTO unrouted (state, bot, seq) VALUES ($1, $2, $3)";

    /// <summary>LINE sends a handful of events in one request; who signs a thousand gets them in pieces.</summary>
    private const int RestMax = 64;

    /// <summary>The bots that have events to route, $1 left behind: one look into the index for each bot, however many events wait.</summary>
    protected const string BotsWithAccepted = """
        WITH RECURSIVE waiting(bot) AS (
            SELECT (SELECT bot FROM unrouted WHERE state = 0 AND bot > $1 ORDER BY bot LIMIT 1)
            UNION ALL
            SELECT (SELECT bot FROM unrouted WHERE state = 0 AND bot > waiting.bot ORDER BY bot LIMIT 1) FROM waiting WHERE waiting.bot IS NOT NULL)
        SELECT bot FROM waiting WHERE bot IS NOT NULL LIMIT $2
        """;

    public virtual long Append(NewEvent @event)
    {
        var seq = session.AddNumbered(Insert, Values(@event));
        Await(@event, seq);
        return seq;
    }

    public virtual bool TryAppend(NewEvent @event)
    {
        if (session.TryAddNumbered(Insert, Values(@event)) is not { } seq)
            return false;

        Await(@event, seq);
        return true;
    }

    private void Await(NewEvent @event, long seq)
    {
        if (@event.State == EventState.Accepted)
            session.Undelivered++;
        if (@event.State != EventState.Routed)
            session.Execute(Unrouted, (int)@event.State, @event.Bot.ToBlob(), seq);
    }

    public long CountUndelivered() => session.Count(
        "SELECT (SELECT count(*) FROM unrouted WHERE state = 0) + (SELECT count(*) FROM delivery WHERE state = 0) + (SELECT count(*) FROM delivery WHERE state = 3)");

    public IReadOnlyList<EventRow> WithId(ChannelId channel, BotId bot, string webhookEventId) => session.Query(
        $"SELECT {Columns} FROM event WHERE channel = $1 AND bot = $2 AND webhook_event_id = $3 ORDER BY variant", Read, channel.ToString(), bot.ToBlob(), webhookEventId);

    public void Renew(long seq, DateTimeOffset receivedAt, SigningSecret signedBy)
    {
        session.Execute("UPDATE event SET last_received_at = $2 WHERE seq = $1 AND last_received_at < $2", seq, receivedAt.ToMillis());
        if (session.Count("SELECT count(*) FROM receipt WHERE event_seq = $1", seq) < IEventRows.ReceiptsMax)
            session.Execute("INSERT INTO receipt (event_seq, at, signed_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", seq, receivedAt.ToMillis(), (int)signedBy);
    }

    public IReadOnlyList<ReceiptRow> Receipts(long seq) =>
        session.Query("SELECT at, signed_by FROM receipt WHERE event_seq = $1 ORDER BY at", row => new ReceiptRow(row.At(0), (SigningSecret)row.GetInt64(1)), seq);

    public EventRow? Find(long seq) => session.First($"SELECT {Columns} FROM event WHERE seq = $1", Read, seq);

    public long FirstSeq() => session.Number("SELECT min(seq) FROM event") ?? 1;

    public long LastSeq() => session.Number("SELECT max(seq) FROM event") ?? 0;

    public abstract IReadOnlyList<EventRow> Accepted(int max);

    /// <summary>The bot's next events to route: so many, and the rest of the last one's request, which is to travel together.</summary>
    protected List<EventRow> AcceptedOf(BotId bot, long afterSeq, int max)
    {
        var rows = Next(afterSeq, max + 1);
        if (rows.Count <= max)
            return rows;

        if (rows[max].Request == rows[max - 1].Request)
            rows.AddRange(Next(rows[max].Seq, RestMax).TakeWhile(row => row.Request == rows[max].Request));
        else
            rows.RemoveAt(max);
        return rows;

        List<EventRow> Next(long after, int count) =>
            session.Query($"SELECT {Stored}, 0 FROM unrouted JOIN event ON event.seq = unrouted.seq WHERE unrouted.state = 0 AND unrouted.bot = $1 AND unrouted.seq > $2 ORDER BY unrouted.seq LIMIT $3", Read, bot.ToBlob(), after, count);
    }

    public void Mark(EventRow row, EventState state)
    {
        session.Undelivered--;
        session.Execute("DELETE FROM unrouted WHERE state = 0 AND bot = $1 AND seq = $2", row.Bot.ToBlob(), row.Seq);
        if (state != EventState.Routed)
            session.Execute(Unrouted, (int)state, row.Bot.ToBlob(), row.Seq);
    }

    public IReadOnlyList<EventRow> AboutMessage(BotId bot, long message) =>
        session.Query($"SELECT {Columns} FROM event WHERE message = $1 AND bot = $2 ORDER BY seq", Read, message, bot.ToBlob());

    public void Blank(long seq)
    {
        session.Execute("UPDATE event SET body = $2 WHERE seq = $1", seq, Array.Empty<byte>());
        session.Execute("UPDATE attempt SET answer = NULL WHERE delivery IN (SELECT id FROM delivery WHERE event_seq = $1)", seq);
        session.Execute("UPDATE delivery SET last_answer = NULL WHERE event_seq = $1", seq);
    }

    public IReadOnlyList<EventRow> Unroutable(int max) => session.Query(
        $"SELECT {Columns} FROM event WHERE seq IN (SELECT seq FROM unrouted WHERE state > 1 ORDER BY seq DESC LIMIT $1) ORDER BY seq DESC", Read, max);

    public virtual int Reopen(BotId bot, ChannelId channel, DateTimeOffset receivedSince)
    {
        var reopened = session.Change(
            """
            UPDATE unrouted SET state = 0 WHERE state = 2 AND bot = $1
                AND EXISTS (SELECT 1 FROM event WHERE event.seq = unrouted.seq AND event.channel = $2 AND event.received_at >= $3)
            """,
            bot.ToBlob(), channel.ToString(), receivedSince.ToMillis());
        session.Undelivered += reopened;
        return reopened;
    }

    private static object?[] Values(NewEvent @event) =>
    [
        @event.Channel?.ToString(), @event.Bot.ToBlob(), @event.WebhookEventId, @event.Variant, @event.Type, @event.Request.ToBlob(),
        @event.ReceivedAt.ToMillis(), @event.ReceivedAt.ToMillis(), @event.SealedBody,
        @event.Receipt is { } receipt ? (int)receipt.SignedBy : null, @event.Receipt?.Trace?.ToBlob(), @event.Message,
    ];

    public static EventRow Read(DbDataReader row) => new(
        row.GetInt64(0), row.IsDBNull(1) ? null : ChannelId.Parse(row.GetString(1), null), row.Bot(2), row.Text(3), row.GetString(4), row.Guid(5),
        row.At(6), row.At(7), row.GetFieldValue<byte[]>(8), (EventState)row.GetInt64(12))
    {
        Receipt = row.IsDBNull(9) ? null : new Receipt((SigningSecret)row.GetInt64(9), row.TraceOrNull(10)),
        Message = row.IsDBNull(11) ? null : row.GetInt64(11),
    };
}
