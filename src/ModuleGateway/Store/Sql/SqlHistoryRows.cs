using System.Data.Common;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using Tenancy;

namespace ModuleGateway.Store.Sql;

internal sealed class SqlHistoryRows(SqlSession session) : IHistoryRows
{
    private const string Columns = "id, event_seq, linkage, bot, chat, is_active, epoch, state, replay, next_attempt_at, last_at, last_status, last_error, last_millis, last_answer";

    public IReadOnlyList<EventRow> Events(string webhookEventId, int max) =>
        session.Query($"SELECT {SqlEventRows.Columns} FROM event WHERE webhook_event_id = $1 ORDER BY seq LIMIT $2", SqlEventRows.Read, webhookEventId, max);

    public DeliveryHistory? Delivery(long id) => session.First($"SELECT {Columns} FROM delivery WHERE id = $1", Read, id);

    public IReadOnlyList<DeliveryHistory> Deliveries(long eventSeq, int max) => session.Query($"SELECT {Columns} FROM delivery WHERE event_seq = $1 ORDER BY id LIMIT $2", Read, eventSeq, max);

    public IReadOnlyList<AttemptRow> Failures(long delivery) => session.Query(
        "SELECT number, at, status, error, millis, answer FROM attempt WHERE delivery = $1 ORDER BY number",
        row => new AttemptRow((int)row.GetInt64(0), row.At(1), (int)row.GetInt64(2), row.Text(3), (int)row.GetInt64(4), row.BlobOrNull(5)), delivery);

    public IReadOnlyList<long> EventsOf(LinkageId linkage, ChatKey chat, DateTimeOffset from, DateTimeOffset to, int lookMax, int max)
    {
        var (id, place) = (linkage.Value.ToBlob(), chat.ToBlob());
        var owed = session.Query(
            "SELECT event_seq FROM delivery WHERE state = 0 AND linkage = $1 AND replay = 0 AND chat = $2 AND bot = $3 ORDER BY id LIMIT $4", row => row.GetInt64(0), id, place, chat.Bot.ToBlob(), max);
        var tried = session.Query(
            """
            SELECT event_seq FROM
                (SELECT event_seq, bot, chat, last_at FROM delivery WHERE linkage = $1 AND last_at >= $2 AND last_at < $3 ORDER BY last_at DESC LIMIT $4) looked
            WHERE chat = $5 AND bot = $6 ORDER BY last_at DESC LIMIT $7
            """,
            row => row.GetInt64(0), id, from.ToMillis(), to.ToMillis(), lookMax, place, chat.Bot.ToBlob(), max);
        return [.. owed.Concat(tried).Distinct().OrderDescending().Take(max)];
    }

    private static DeliveryHistory Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), new LinkageId(row.Guid(2)), row.IsDBNull(4) ? null : row.Chat(3, 4), row.GetInt64(5) == 1, row.GetInt64(6), (DeliveryState)row.GetInt64(7),
        row.GetInt64(8) is var replay and > 0 ? replay : null, row.AtOrNull(9), row.AtOrNull(10), (int)row.GetInt64(11), row.Text(12), (int)row.GetInt64(13), row.BlobOrNull(14));
}
