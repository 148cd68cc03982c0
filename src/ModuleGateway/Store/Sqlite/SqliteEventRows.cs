using Line;
using ModuleGateway.Journal;
using ModuleGateway.Store.Sql;

namespace ModuleGateway.Store.Sqlite;

/// <summary>Events, where one process routes: the bots take turns, a few events each, so that one with a hundred thousand waiting holds up nobody else.</summary>
/// <remarks>Whose turn it is lies in memory and is only a hint: the index says what waits, and is asked for bots that were missed when the memory has none, or may have missed some.</remarks>
internal sealed class SqliteEventRows(SqliteSession session) : SqlEventRows(session)
{
    private const int TurnMax = 16;
    private const int LookMax = 100_000;

    private readonly Queue<BotId> _turns = new();
    private readonly HashSet<BotId> _waiting = [];
    private bool _hasLooked;

    public override long Append(NewEvent @event)
    {
        var seq = base.Append(@event);
        if (@event.State == EventState.Accepted)
            Wait(@event.Bot);
        return seq;
    }

    public override bool TryAppend(NewEvent @event)
    {
        if (!base.TryAppend(@event))
            return false;

        Wait(@event.Bot);
        return true;
    }

    public override int Reopen(BotId bot, ChannelId channel, DateTimeOffset receivedSince)
    {
        Wait(bot);
        return base.Reopen(bot, channel, receivedSince);
    }

    public override IReadOnlyList<EventRow> Accepted(int max)
    {
        if (!_hasLooked)
            Look();
        var rows = TakeTurns(max);
        if (rows.Count > 0)
            return rows;

        Look();
        return TakeTurns(max);
    }

    /// <summary>What was done may have been undone: the memory may have missed a bot.</summary>
    public void Doubt() => _hasLooked = false;

    private List<EventRow> TakeTurns(int max)
    {
        var rows = new List<EventRow>();
        var last = new Dictionary<BotId, long>();
        var done = new List<BotId>();
        while (rows.Count < max && _turns.TryDequeue(out var bot))
        {
            var asked = Math.Min(TurnMax, max - rows.Count);
            var turn = AcceptedOf(bot, last.GetValueOrDefault(bot), asked);
            rows.AddRange(turn);
            if (turn.Count >= asked)
            {
                last[bot] = turn[^1].Seq;
                _turns.Enqueue(bot);
            }
            else if (turn.Count > 0 || last.ContainsKey(bot))
            {
                done.Add(bot); // Not forgotten before it was looked for in vain: what was handed out may not be routed yet.
            }
            else
            {
                _waiting.Remove(bot);
            }
        }

        foreach (var bot in done)
            _turns.Enqueue(bot);
        return rows;
    }

    private void Look()
    {
        foreach (var bot in session.Query(BotsWithAccepted, row => row.Bot(0), Array.Empty<byte>(), LookMax))
            Wait(bot);
        _hasLooked = true;
    }

    private void Wait(BotId bot)
    {
        if (_waiting.Add(bot))
            _turns.Enqueue(bot);
    }
}
