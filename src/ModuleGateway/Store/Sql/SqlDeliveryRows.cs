using System.Data.Common;
using ModuleGateway.Delivery;
using ModuleGateway.Journal;
using Tenancy;

namespace ModuleGateway.Store.Sql;

internal sealed class SqlDeliveryRows(SqlSession session) : IDeliveryRows
{
    private const string Columns = "id, event_seq, linkage, bot, chat, request, is_active, epoch, attempts, next_attempt_at, replay, failing_since, aside_tries";

    private static readonly NumberedInsert Insert = new("delivery", "id", "event_seq, linkage, bot, chat, request, is_active, epoch, replay, state, attempts, last_status, last_millis, aside_tries");

    /// <summary>One seek for each chat: see <see cref="FirstLinkages"/>.</summary>
    private const string OwedChats = """
        WITH RECURSIVE found (chat, place) AS (
            SELECT (SELECT chat FROM delivery WHERE state = 0 AND linkage = $1 AND replay = $2 AND chat > $3 ORDER BY chat LIMIT 1), 1
            UNION ALL
            SELECT (SELECT chat FROM delivery WHERE state = 0 AND linkage = $1 AND replay = $2 AND chat > found.chat ORDER BY chat LIMIT 1), place + 1
            FROM found WHERE found.chat IS NOT NULL AND place < $4)
        SELECT (SELECT bot FROM delivery WHERE state = 0 AND linkage = $1 AND replay = $2 AND chat = found.chat ORDER BY id LIMIT 1), chat FROM found WHERE chat IS NOT NULL
        """;

    /// <summary>Below every id, which are longer.</summary>
    private static readonly byte[] Lowest = [0];

    private static readonly Comparer<byte[]> BytesInOrder = Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other));

    public HashSet<Lane> Touched { get; } = [];

    public void Add(NewDelivery delivery)
    {
        session.Undelivered++;
        Touched.Add(new Lane(delivery.Linkage, delivery.Chat, delivery.Replay));
        session.Add(
            Insert,
            delivery.EventSeq, delivery.Linkage.Value.ToBlob(), delivery.Chat?.Bot.ToBlob(), delivery.Chat?.ToBlob(), delivery.Request.ToBlob(), delivery.IsActive ? 1 : 0, delivery.Epoch, delivery.Replay ?? 0,
            (int)DeliveryState.Owed, 0, 0, 0, 0);
    }

    public IReadOnlyList<DeliveryRow> Owed(Lane lane, long afterId, int max) => lane.Chat is { } chat
        ? session.Query(
            $"SELECT {Columns} FROM delivery WHERE state = 0 AND linkage = $1 AND replay = $2 AND chat = $3 AND id > $4 ORDER BY id LIMIT $5", Read, lane.Linkage.Value.ToBlob(), lane.Replay ?? 0, chat.ToBlob(), afterId, max)
        : session.Query(
            $"SELECT {Columns} FROM delivery WHERE state = 0 AND linkage = $1 AND replay = $2 AND chat IS NULL AND id > $3 ORDER BY id LIMIT $4", Read, lane.Linkage.Value.ToBlob(), lane.Replay ?? 0, afterId, max);

    public IReadOnlyList<Lane> OwedLanes() => session.Query(
        "SELECT DISTINCT linkage, bot, chat, replay FROM delivery WHERE state = 0", row => new Lane(new LinkageId(row.Guid(0)), row.IsDBNull(2) ? null : row.Chat(1, 2), ReplayOf(row, 3)));

    public IReadOnlyList<LinkageId> OwedLinkages(LinkageId? after, int max) =>
        [.. FirstLinkages(0, after, max).Union(FirstLinkages((int)DeliveryState.Aside, after, max)).OrderBy(id => id.Value.ToByteArray(bigEndian: true), BytesInOrder).Take(max)];

    /// <remarks>One seek for each linkage, however many rows it has: the index is stepped over from one linkage to the next.</remarks>
    private List<LinkageId> FirstLinkages(int state, LinkageId? after, int max) => session.Query(
        $"""
        WITH RECURSIVE found (linkage, place) AS (
            SELECT (SELECT linkage FROM delivery WHERE state = {state} AND linkage > $1 ORDER BY linkage LIMIT 1), 1
            UNION ALL
            SELECT (SELECT linkage FROM delivery WHERE state = {state} AND linkage > found.linkage ORDER BY linkage LIMIT 1), place + 1
            FROM found WHERE found.linkage IS NOT NULL AND place < $2)
        SELECT linkage FROM found WHERE linkage IS NOT NULL
        """,
        row => new LinkageId(row.Guid(0)), after?.Value.ToBlob() ?? Lowest, max);

    public IReadOnlyList<Lane> OwedLanes(LinkageId linkage, long? replay, Lane? after, int max)
    {
        if (after is { Chat: null })
            return [];

        var id = linkage.Value.ToBlob();
        var lanes = session.Query(OwedChats, row => new Lane(linkage, row.Chat(0, 1), replay), id, replay ?? 0, after?.Chat!.Value.ToBlob() ?? Lowest, max);
        if (lanes.Count < max && session.Number("SELECT id FROM delivery WHERE state = 0 AND linkage = $1 AND replay = $2 AND chat IS NULL LIMIT 1", id, replay ?? 0) is not null)
            lanes.Add(new Lane(linkage, null, replay));
        return lanes;
    }

    public long? OwedReplay(LinkageId linkage) =>
        session.Number("SELECT replay FROM delivery WHERE state = 0 AND linkage = $1 AND replay > 0 ORDER BY replay LIMIT 1", linkage.Value.ToBlob());

    public IReadOnlyList<DeliveryRow> AsideDue(LinkageId linkage, DateTimeOffset now, int max) => session.Query(
        $"SELECT {Columns} FROM delivery WHERE state = 3 AND linkage = $1 AND next_attempt_at <= $2 ORDER BY next_attempt_at, id LIMIT $3", Read, linkage.Value.ToBlob(), now.ToMillis(), max);

    public DateTimeOffset? NextAsideAt(LinkageId linkage) =>
        session.Number("SELECT next_attempt_at FROM delivery WHERE state = 3 AND linkage = $1 ORDER BY next_attempt_at LIMIT 1", linkage.Value.ToBlob()) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    public DeliveryRow? Aside(long id) => session.First($"SELECT {Columns} FROM delivery WHERE id = $1 AND state = 3", Read, id);

    public int Bury(LinkageId linkage, int max)
    {
        var buried = Bury(DeliveryState.Owed, linkage, max);
        return buried < max ? buried + Bury(DeliveryState.Aside, linkage, max - buried) : buried;
    }

    private int Bury(DeliveryState from, LinkageId linkage, int max) => Over(
        $"UPDATE delivery SET state = 4, next_attempt_at = NULL WHERE id IN (SELECT id FROM delivery WHERE state = {(int)from} AND linkage = $1 LIMIT $2)", linkage.Value.ToBlob(), max);

    public long LastId() => session.Number("SELECT max(id) FROM delivery") ?? 0;

    public void Record(AttemptOutcome outcome)
    {
        session.Execute(
            "UPDATE delivery SET state = $2, attempts = attempts + $3, next_attempt_at = $4, last_at = $5, last_status = $6, last_error = $7, last_millis = $8, last_answer = $9, failing_since = $10, aside_tries = $11 WHERE id = $1 AND state IN (0, 3)",
            outcome.DeliveryId, (int)outcome.State, 1, outcome.NextAttemptAt.ToMillis(), outcome.At.ToMillis(), outcome.Status, outcome.Error, outcome.Millis, outcome.SealedAnswer,
            outcome.FailingSince.ToMillis(), outcome.AsideTries);
        if (outcome.State is not (DeliveryState.Owed or DeliveryState.Aside))
            session.Undelivered--;
        if (!outcome.Delivered)
            KeepFailure(outcome);
    }

    /// <summary>
    /// Each failure has a row of its own. A success stands in the delivery's, so that what goes well costs no second one. None of what was cancelled,
    /// taken back or erased while it was tried: what its module answered would outlive it.
    /// </summary>
    private void KeepFailure(AttemptOutcome outcome) => session.Execute(
        """
        INSERT INTO attempt (delivery, number, at, status, error, millis, answer)
        SELECT $1, (SELECT count(*) + 1 FROM attempt WHERE delivery = $1), $2, $3, $4, $5, $6 WHERE EXISTS (SELECT 1 FROM delivery WHERE id = $1 AND state <> 2)
        """,
        outcome.DeliveryId, outcome.At.ToMillis(), outcome.Status, outcome.Error, outcome.Millis, outcome.SealedAnswer);

    public int CancelOwed(LinkageId linkage) => Cancel(DeliveryState.Owed, linkage) + Cancel(DeliveryState.Aside, linkage);

    private int Cancel(DeliveryState from, LinkageId linkage) =>
        Over($"UPDATE delivery SET state = 2, next_attempt_at = NULL WHERE linkage = $1 AND state = {(int)from}", linkage.Value.ToBlob());

    public int CancelOwed(long eventSeq) => Over("UPDATE delivery SET state = 2, next_attempt_at = NULL WHERE event_seq = $1 AND state IN (0, 3)", eventSeq);

    /// <summary>Rows that this statement changes are undelivered no more.</summary>
    private int Over(string sql, params ReadOnlySpan<object?> values)
    {
        var changed = session.Change(sql, values);
        session.Undelivered -= changed;
        return changed;
    }

    public DeliverySummary Summary(LinkageId linkage)
    {
        var id = linkage.Value.ToBlob();
        var owed = session.Count("SELECT count(*) FROM delivery WHERE linkage = $1 AND state = 0", id) + session.Count("SELECT count(*) FROM delivery WHERE linkage = $1 AND state = 3", id);
        var last = session.First(
            "SELECT last_at, last_status, last_error FROM delivery WHERE linkage = $1 AND last_at IS NOT NULL ORDER BY last_at DESC LIMIT 1",
            row => new DeliverySummary(linkage, owed, row.At(0), (int)row.GetInt64(1), row.Text(2)), id);
        return last ?? new DeliverySummary(linkage, owed, null, 0, null);
    }

    private static DeliveryRow Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), new LinkageId(row.Guid(2)), row.IsDBNull(4) ? null : row.Chat(3, 4), row.Guid(5), row.GetInt64(6) == 1, row.GetInt64(7), (int)row.GetInt64(8), row.AtOrNull(9))
    {
        Replay = ReplayOf(row, 10),
        FailingSince = row.AtOrNull(11),
        AsideTries = (int)row.GetInt64(12),
    };

    private static long? ReplayOf(DbDataReader row, int i) => row.GetInt64(i) is var id and > 0 ? id : null;
}
