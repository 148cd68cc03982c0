using System.Data.Common;
using ModuleGateway.Delivery;
using ModuleGateway.Journal;
using Tenancy;

namespace ModuleGateway.Store.Sql;

internal sealed class SqlDeliveryRows(SqlSession session) : IDeliveryRows
{
    private const string Columns = "id, event_seq, linkage, bot, chat, request, is_active, epoch, attempts, next_attempt_at, replay";

    private const string Insert = """
        INSERT INTO delivery (event_seq, linkage, bot, chat, request, is_active, epoch, state, attempts, last_status, last_millis, replay)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, 0, $8)
        """;

    public HashSet<Lane> Touched { get; } = [];

    public void Add(NewDelivery delivery)
    {
        Touched.Add(new Lane(delivery.Linkage, delivery.Chat, delivery.Replay));
        session.Execute(
            Insert,
            delivery.EventSeq, delivery.Linkage.Value.ToBlob(), delivery.Chat?.Bot.ToBlob(), delivery.Chat?.ToBlob(), delivery.Request.ToBlob(), delivery.IsActive ? 1 : 0, delivery.Epoch, delivery.Replay ?? 0);
    }

    public IReadOnlyList<DeliveryRow> Owed(Lane lane, long afterId, int max) => lane.Chat is { } chat
        ? session.Query(
            $"SELECT {Columns} FROM delivery WHERE state = 0 AND linkage = $1 AND replay = $2 AND chat = $3 AND id > $4 ORDER BY id LIMIT $5", Read, lane.Linkage.Value.ToBlob(), lane.Replay ?? 0, chat.ToBlob(), afterId, max)
        : session.Query(
            $"SELECT {Columns} FROM delivery WHERE state = 0 AND linkage = $1 AND replay = $2 AND chat IS NULL AND id > $3 ORDER BY id LIMIT $4", Read, lane.Linkage.Value.ToBlob(), lane.Replay ?? 0, afterId, max);

    public IReadOnlyList<Lane> OwedLanes() => session.Query(
        "SELECT DISTINCT linkage, bot, chat, replay FROM delivery WHERE state = 0", row => new Lane(new LinkageId(row.Guid(0)), row.IsDBNull(2) ? null : row.Chat(1, 2), ReplayOf(row, 3)));

    public long LastId() => session.Number("SELECT max(id) FROM delivery") ?? 0;

    public void Record(AttemptOutcome outcome)
    {
        session.Execute(
            "UPDATE delivery SET state = $2, attempts = attempts + $3, next_attempt_at = $4, last_at = $5, last_status = $6, last_error = $7, last_millis = $8, last_answer = $9 WHERE id = $1 AND state = 0",
            outcome.DeliveryId, (int)(outcome.Delivered ? DeliveryState.Delivered : DeliveryState.Owed), 1, outcome.NextAttemptAt.ToMillis(), outcome.At.ToMillis(), outcome.Status, outcome.Error, outcome.Millis, outcome.SealedAnswer);
        if (!outcome.Delivered)
            KeepFailure(outcome);
    }

    /// <summary>Each failure has a row of its own. A success stands in the delivery's, so that what goes well costs no second one.</summary>
    private void KeepFailure(AttemptOutcome outcome) => session.Execute(
        """
        INSERT INTO attempt (delivery, number, at, status, error, millis, answer)
        VALUES ($1, (SELECT count(*) + 1 FROM attempt WHERE delivery = $1), $2, $3, $4, $5, $6)
        """,
        outcome.DeliveryId, outcome.At.ToMillis(), outcome.Status, outcome.Error, outcome.Millis, outcome.SealedAnswer);

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
        row.GetInt64(0), row.GetInt64(1), new LinkageId(row.Guid(2)), row.IsDBNull(4) ? null : row.Chat(3, 4), row.Guid(5), row.GetInt64(6) == 1, row.GetInt64(7), (int)row.GetInt64(8), row.AtOrNull(9))
    {
        Replay = ReplayOf(row, 10),
    };

    private static long? ReplayOf(DbDataReader row, int i) => row.GetInt64(i) is var id and > 0 ? id : null;
}
