using ControlModel.Model;
using ControlModel.Steps;

namespace ControlModel.Checking;

/// <summary>Looks for an order of a round's steps that respects real time and that the model allows: linearizability, after Wing, Gong and Lowe.</summary>
/// <remarks>
/// Depth first; a point is looked at once. What the modules were given is part of each step's result, so most orders end early. A point of the round is a
/// point in each chat's share of it (<see cref="ChatShare"/>): a way that leads one chat nowhere is left at once, whatever the other chats might still do.
/// A step that only sees, and may be taken now, is taken at once: whatever order takes it later may as well take it here. (Not so one that
/// merely happens to change nothing here: a release that comes too early is none.)
/// All orders are followed to the end of the round, since the next round begins in any of the states that they end in.
/// </remarks>
public sealed class Checker
{
    public const int StepsMax = 128;

    /// <summary>Points looked at for all the ends of a round, and for the first of them: who finds none by then has not shown that there is one.</summary>
    private const int PointsMax = 200_000;
    private const int PointsToFirstEndMax = 5_000_000;

    private readonly Lanes _lanes;
    private readonly IReadOnlyList<Step> _steps;
    private readonly ChatShare[] _shares;

    public Checker(Lanes lanes, IReadOnlyList<Step> steps)
    {
        if (steps.Count > StepsMax)
            throw new ArgumentException($"A round has {steps.Count} steps of one bot, {StepsMax} at most.");

        (_lanes, _steps) = (lanes, steps);
        _shares = [.. Enumerable.Range(0, lanes.Chats).Select(chat => new ChatShare(lanes, steps, chat))];
    }

    public Verdict Check(params IReadOnlyCollection<BotState> from)
    {
        var seen = new HashSet<JointPoint>();
        var stack = new Stack<JointPoint>();
        var ends = new HashSet<BotState>();
        JointPoint? deepest = null;
        foreach (var state in from)
            Push(new JointPoint([.. _shares.Select(share => share.Begin(state))], 0, 0));
        if (stack.Count == 0)
            return new Verdict(ends, Looked(), IsComplete: true, _shares.First(share => !from.Any(state => share.ReachesEnd(share.Begin(state)))).WriteDeepest());

        while (stack.TryPop(out var point))
        {
            if (deepest is null || point.Depth > deepest.Depth)
                deepest = point;
            if (IsEnd(point))
                ends.Add(StateOf(point));
            if (seen.Count > (ends.Count > 0 ? PointsMax : PointsToFirstEndMax))
                return new Verdict(ends, Looked(), IsComplete: false, ends.Count > 0 ? "" : $"Undecided after {seen.Count} points of {_steps.Count} steps.{Environment.NewLine}{Write(deepest)}");
            foreach (var next in Next(point))
                Push(next);
        }

        return new Verdict(ends, Looked(), IsComplete: true, ends.Count > 0 ? "" : Write(deepest!));

        void Push(JointPoint point)
        {
            if (LeadsOn(point) && seen.Add(point))
                stack.Push(point);
        }

        int Looked() => seen.Count + _shares.Sum(share => share.Looked);
    }

    private bool LeadsOn(JointPoint point)
    {
        for (var i = 0; i < _shares.Length; i++)
        {
            if (!_shares[i].ReachesEnd(point.In[i]))
                return false;
        }

        return true;
    }

    private bool IsEnd(JointPoint point)
    {
        for (var i = 0; i < _shares.Length; i++)
        {
            if (!_shares[i].IsEnd(point.In[i]))
                return false;
        }

        return true;
    }

    /// <summary>What may come next; the step that must be over first last, so that it is tried first.</summary>
    private List<JointPoint> Next(JointPoint point)
    {
        var next = new List<JointPoint>();
        for (var share = 0; share < _shares.Length; share++)
        {
            foreach (var move in _shares[share].Moves(point.In[share]))
            {
                if (move.Step is null)
                    next.Add(point.Then(share, move.To, null, false));
            }
        }

        var open = Order.Open(_steps, point.Done, point.Begun, _shares[0][point.In[0]].State.Wire == Wire.Detached).OrderByDescending(i => Math.Min(_steps[i].End, _steps[i].BegunBy));
        foreach (var i in open)
        {
            foreach (var then in _steps[i].InChat is { } chat ? InChat(point, i, chat) : OfAccount(point, i))
            {
                if (_steps[i].OnlySees)
                    return [then];
                next.Add(then);
            }
        }

        return next;
    }

    private IEnumerable<JointPoint> InChat(JointPoint point, int step, int chat) =>
        _shares[chat].Moves(point.In[chat]).Where(move => move.Step == step).Select(move => point.Then(chat, move.To, step, move.IsOver));

    /// <summary>A step of the whole account is taken in each share, or in none; in each it may go its own way.</summary>
    private IEnumerable<JointPoint> OfAccount(JointPoint point, int step)
    {
        IEnumerable<int[]> ways = [[]];
        for (var i = 0; i < _shares.Length; i++)
        {
            var to = _shares[i].Moves(point.In[i]).Where(move => move.Step == step).Select(move => move.To).ToList();
            ways = ways.SelectMany(some => to.Select(one => (int[])[.. some, one]));
        }

        return ways.Select(to => point.Then(to, step));
    }

    /// <summary>The whole bot at a point.</summary>
    private BotState StateOf(JointPoint point) => BotState.Join([.. _shares.Select((share, i) => share[point.In[i]].State)]);

    private string Write(JointPoint deepest)
    {
        var last = new Stack<string>();
        for (var at = deepest; at.Before is { } before; at = before)
            last.Push(at.Step is { } step ? (at.IsOver ? "" : "first half of ") + _steps[step] : "a hold runs out");
        return new TimeLine(_lanes, _steps).Write(deepest.Done, deepest.Begun, StateOf(deepest), [.. last]);
    }
}
