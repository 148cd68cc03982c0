using Line;
using ModuleGateway.Journal;
using ModuleGateway.Store.Sql;

namespace ModuleGateway.Store.PostgreSql;

/// <summary>Events, where several processes route at the same time.</summary>
/// <param name="session">Its connection.</param>
/// <param name="turn">Of this process's connections together.</param>
internal sealed class PostgreSqlEventRows(PostgreSqlSession session, RoutingTurn turn) : SqlEventRows(session)
{
    /// <summary>Bots that are looked at for one that no other transaction has.</summary>
    private const int LookMax = 64;

    /// <summary>Events of one bot, taken for this transaction: the next one in turn that no other transaction has. Where others have them all, the next one after them.</summary>
    /// <remarks>In turn, so that one bot with a hundred thousand events holds up nobody else.</remarks>
    public override IReadOnlyList<EventRow> Accepted(int max)
    {
        var bots = Waiting(turn.Last);
        var free = bots.FindIndex(session.TryTakeBot);
        if (free < 0 && turn.Last.Length > 0)
        {
            bots = Waiting([]); // Around once more.
            free = bots.FindIndex(session.TryTakeBot);
        }

        if (bots.Count == 0)
            return [];

        var bot = bots[Math.Max(free, 0)];
        session.TakeBot(bot);
        turn.Last = bot.ToBlob();
        return AcceptedOf(bot, 0, max);
    }

    private List<BotId> Waiting(byte[] after) => session.Query(BotsWithAccepted, row => row.Bot(0), after, LookMax);
}
