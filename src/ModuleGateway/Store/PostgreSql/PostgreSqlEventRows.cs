using ModuleGateway.Journal;
using ModuleGateway.Store.Sql;

namespace ModuleGateway.Store.PostgreSql;

/// <summary>Events, where several processes route at the same time.</summary>
internal sealed class PostgreSqlEventRows(PostgreSqlSession session) : SqlEventRows(session)
{
    /// <summary>Oldest events that are looked through for a bot to route.</summary>
    private const int LookMax = 1000;

    /// <summary>Events of one bot, taken for this transaction: the oldest one that no other transaction has. Where others have them all, the oldest one after them.</summary>
    public override IReadOnlyList<EventRow> Accepted(int max)
    {
        var bots = session.Query(
            $"SELECT bot FROM (SELECT bot, seq FROM event WHERE state = 0 ORDER BY seq LIMIT {LookMax}) oldest GROUP BY bot ORDER BY min(seq)", row => row.Bot(0));
        if (bots.Count == 0)
            return [];

        var free = bots.FindIndex(session.TryTakeBot);
        var bot = bots[Math.Max(free, 0)];
        session.TakeBot(bot);
        return session.Query($"SELECT {Columns} FROM event WHERE state = 0 AND bot = $1 ORDER BY seq LIMIT $2", Read, bot.ToBlob(), (long)max);
    }
}
