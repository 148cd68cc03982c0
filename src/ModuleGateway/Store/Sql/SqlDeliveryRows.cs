using System.Data.Common;
using ModuleGateway.Delivery;
using ModuleGateway.Journal;
using Tenancy;

namespace ModuleGateway.Store.Sql;

internal sealed class SqlDeliveryRows(SqlSession session) : IDeliveryRows
{
    private const string Columns = "id, event_seq, linkage, bot, chat, request, is_active, epoch, attempts, next_attempt_at";

    private const string Insert = """
        INSERT INTO delivery (event_seq, linkage, bot, chat, request, is_active, epoch, state, attempts, last_status, last_millis)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, 0)
        """;

    public HashSet<Lane> Touched { get; } = [];

    public void Add(NewDelivery delivery)
    {
        Touched.Add(new Lane(delivery.Linkage, delivery.Chat));
        session.Execute(
            Insert,
            delivery.EventSeq, delivery.Linkage.Value.ToBlob(), delivery.Chat?.Bot.ToBlob(), delivery.Chat?.ToBlob(), delivery.Request.ToBlob(), delivery.IsActive ? 1 : 0, delivery.Epoch);
    }

    public IReadOnlyList<DeliveryRow> Owed(Lane lane, long afterId, int max) => lane.Chat is { } chat
        ? session.Query(
            $"SELECT {Columns} FROM delivery WHERE state = 0 AND linkage = $1 AND chat = $2 AND id > $3 ORDER BY id LIMIT $4", Read, lane.Linkage.Value.ToBlob(), chat.ToBlob(), afterId, max)
        : session.Query(
            $"SELECT {Columns} FROM delivery WHERE state = 0 AND linkage = $1 AND chat IS NULL AND id > $2 ORDER BY id LIMIT $3", Read, lane.Linkage.Value.ToBlob(), afterId, max);

    public IReadOnlyList<Lane> OwedLanes() => session.Query(
        "SELECT DISTINCT linkage, bot, chat FROM delivery WHERE state = 0", row => new Lane(new LinkageId(row.Guid(0)), row.IsDBNull(2) ? null : row.Chat(1, 2)));

    public long LastId() => session.Number("SELECT max(id) FROM delivery") ?? 0;

    public void Record(AttemptOutcome outcome) => session.Execute(
        "UPDATE delivery SET state = $2, attempts = attempts + $3, next_attempt_at = $4, last_at = $5, last_status = $6, last_error = $7, last_millis = $8 WHERE id = $1 AND state = 0",
        outcome.DeliveryId, (int)(outcome.Delivered ? DeliveryState.Delivered : DeliveryState.Owed), 1, outcome.NextAttemptAt.ToMillis(), outcome.At.ToMillis(), outcome.Status, outcome.Error, outcome.Millis);

    public int CancelOwed(LinkageId linkage) =>
        session.Change("UPDATE delivery SET state = $2 WHERE linkage = $1 AND state = 0", linkage.Value.ToBlob(), (int)DeliveryState.Cancelled);

    public DeliverySummary Summary(LinkageId linkage)
    {
        var id = linkage.Value.ToBlob();
        var owed = session.Count("SELECT count(*) FROM delivery WHERE linkage = $1 AND state = 0", id);
        var last = session.First(
            "SELECT last_at, last_status, last_error FROM delivery WHERE linkage = $1 AND last_at IS NOT NULL ORDER BY last_at DESC LIMIT 1",
            row => new DeliverySummary(linkage, owed, row.At(0), (int)row.GetInt64(1), row.Text(2)), id);
        return last ?? new DeliverySummary(linkage, owed, null, 0, null);
    }

    private static DeliveryRow Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), new LinkageId(row.Guid(2)), row.IsDBNull(4) ? null : row.Chat(3, 4), row.Guid(5), row.GetInt64(6) == 1, row.GetInt64(7), (int)row.GetInt64(8), row.AtOrNull(9));
}
