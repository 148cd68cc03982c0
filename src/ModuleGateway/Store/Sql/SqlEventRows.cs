using Line;
using System.Data.Common;
using ModuleGateway.Journal;

namespace ModuleGateway.Store.Sql;

internal abstract class SqlEventRows(SqlSession session) : IEventRows
{
    public const string Columns = "seq, channel, bot, webhook_event_id, type, request, received_at, last_received_at, body, state, signed_by, trace";

    private const string Insert =
        "INSERT INTO event (channel, bot, webhook_event_id, variant, type, request, received_at, last_received_at, state, body, signed_by, trace) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

    /// <summary>LINE sends a handful of events in one request; who signs a thousand gets them in pieces.</summary>
    private const int RestMax = 64;

    /// <summary>The bots that have events to route, $1 left behind: one look into the index for each bot, however many events wait.</summary>
    protected const string BotsWithAccepted = """
        WITH RECURSIVE waiting(bot) AS (
            SELECT (SELECT bot FROM event WHERE state = 0 AND bot > $1 ORDER BY bot LIMIT 1)
            UNION ALL
            SELECT (SELECT bot FROM event WHERE state = 0 AND bot > waiting.bot ORDER BY bot LIMIT 1) FROM waiting WHERE waiting.bot IS NOT NULL)
        SELECT bot FROM waiting WHERE bot IS NOT NULL LIMIT $2
        """;

    public virtual long Append(NewEvent @event)
    {
        session.Undelivered += @event.State == EventState.Accepted ? 1 : 0;
        return session.Count(Insert + " RETURNING seq", Values(@event));
    }

    public virtual bool TryAppend(NewEvent @event)
    {
        var isNew = session.Change(Insert + " ON CONFLICT DO NOTHING", Values(@event)) == 1;
        session.Undelivered += isNew ? 1 : 0;
        return isNew;
    }

    public long CountUndelivered() => session.Count(
        "SELECT (SELECT count(*) FROM event WHERE state = 0) + (SELECT count(*) FROM delivery WHERE state = 0) + (SELECT count(*) FROM delivery WHERE state = 3)");

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
            session.Query($"SELECT {Columns} FROM event WHERE state = 0 AND bot = $1 AND seq > $2 ORDER BY seq LIMIT $3", Read, bot.ToBlob(), after, count);
    }

    public void Mark(long seq, EventState state, long? message)
    {
        session.Undelivered--;
        session.Execute("UPDATE event SET state = $2, message = $3 WHERE seq = $1", seq, (int)state, message);
    }

    public IReadOnlyList<EventRow> AboutMessage(BotId bot, long message) =>
        session.Query($"SELECT {Columns} FROM event WHERE message = $1 AND bot = $2 ORDER BY seq", Read, message, bot.ToBlob());

    public void Blank(long seq)
    {
        session.Execute("UPDATE event SET body = $2 WHERE seq = $1", seq, Array.Empty<byte>());
        session.Execute("UPDATE attempt SET answer = NULL WHERE delivery IN (SELECT id FROM delivery WHERE event_seq = $1)", seq);
        session.Execute("UPDATE delivery SET last_answer = NULL WHERE event_seq = $1", seq);
    }

    public IReadOnlyList<EventRow> Unroutable(int max) => session.Query($"SELECT {Columns} FROM event WHERE state > 1 ORDER BY seq DESC LIMIT $1", Read, max);

    public virtual int Reopen(BotId bot, ChannelId channel, DateTimeOffset receivedSince)
    {
        var reopened = session.Change(
            "UPDATE event SET state = 0 WHERE state = 2 AND bot = $1 AND channel = $2 AND received_at >= $3", bot.ToBlob(), channel.ToString(), receivedSince.ToMillis());
        session.Undelivered += reopened;
        return reopened;
    }

    private static object?[] Values(NewEvent @event) =>
    [
        @event.Channel?.ToString(), @event.Bot.ToBlob(), @event.WebhookEventId, @event.Variant, @event.Type, @event.Request.ToBlob(),
        @event.ReceivedAt.ToMillis(), @event.ReceivedAt.ToMillis(), (int)@event.State, @event.SealedBody,
        @event.Receipt is { } receipt ? (int)receipt.SignedBy : null, @event.Receipt?.Trace?.ToBlob(),
    ];

    public static EventRow Read(DbDataReader row) => new(
        row.GetInt64(0), row.IsDBNull(1) ? null : ChannelId.Parse(row.GetString(1), null), row.Bot(2), row.Text(3), row.GetString(4), row.Guid(5),
        row.At(6), row.At(7), row.GetFieldValue<byte[]>(8), (EventState)row.GetInt64(9))
    {
        Receipt = row.IsDBNull(10) ? null : new Receipt((SigningSecret)row.GetInt64(10), row.TraceOrNull(11)),
    };
}
