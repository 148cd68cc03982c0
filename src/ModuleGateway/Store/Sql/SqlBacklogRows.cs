using Line;
using ModuleGateway.Observing;
using Tenancy;

namespace ModuleGateway.Store.Sql;

internal sealed class SqlBacklogRows(SqlSession session) : IBacklogRows
{
    private static readonly string WriteProbe = SqlText.Upsert("progress", "name", "name, value");

    public Backlog? Of(LinkageId linkage, long knownOldest, int countMax)
    {
        var id = linkage.Value.ToBlob();
        var oldest = (knownOldest > 0 ? session.Number("SELECT id FROM delivery WHERE id = $1 AND state = 0", knownOldest) : null)
            ?? session.Number("SELECT min(id) FROM delivery WHERE state = 0 AND linkage = $1 AND replay = 0", id);
        if (oldest is not { } first)
            return null;

        var owed = session.Count("SELECT count(*) FROM (SELECT 1 FROM delivery WHERE state = 0 AND linkage = $1 AND replay = 0 LIMIT $2) counted", id, (long)countMax);
        var aside = session.Count("SELECT count(*) FROM (SELECT 1 FROM delivery WHERE state = 3 AND linkage = $1 LIMIT $2) counted", id, (long)countMax);
        return session.First(
            "SELECT e.bot, l.module, e.received_at FROM delivery d JOIN event e ON e.seq = d.event_seq JOIN linkage l ON l.id = d.linkage WHERE d.id = $1",
            row => new Backlog(linkage, row.Bot(0), new ModuleId(row.Guid(1)), first, row.At(2), owed, aside), first);
    }

    public DateTimeOffset? OldestUnrouted() =>
        session.Number("SELECT received_at FROM event WHERE seq = (SELECT min(seq) FROM unrouted WHERE state = 0)") is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    public IReadOnlyDictionary<BotId, long> Unrouted(int countMax) => session.Query(
        "SELECT bot, count(*) FROM (SELECT bot FROM unrouted WHERE state = 0 LIMIT $1) waiting GROUP BY bot", row => (Bot: row.Bot(0), Count: row.GetInt64(1)), (long)countMax).ToDictionary(one => one.Bot, one => one.Count);

    public void Probe() => session.Execute(WriteProbe, "probed", session.Now.ToMillis());
}
