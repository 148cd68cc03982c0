using ControlModel.Model;
using ControlModel.Steps;

namespace ControlModel.Checking;

/// <summary>Looks for an order of a round's steps that respects real time and that the model allows: linearizability, after Wing, Gong and Lowe.</summary>
/// <remarks>
/// Depth first; a point (what is done, and the model's state) is looked at once. What the modules were given is part of each step's result, so most orders
/// end early. A step that only sees, and may be taken now, is taken at once: whatever order takes it later may as well take it here. (Not so one that
/// merely happens to change nothing here: a release that comes too early is none.)
/// All orders are followed to the end of the round, since the next round begins in any of the states that they end in.
/// </remarks>
public sealed class Checker(Lanes lanes, IReadOnlyList<Step> steps)
{
    public const int StepsMax = 128;

    /// <summary>Points looked at for all the ends of a round, and for the first of them: who finds none by then has not shown that there is one.</summary>
    private const int PointsMax = 200_000;
    private const int PointsToFirstEndMax = 2_000_000;

    private readonly UInt128 _certain = steps.Select((step, i) => step.MayNotHappen ? UInt128.Zero : UInt128.One << i).Aggregate(UInt128.Zero, (all, one) => all | one);

    public Verdict Check(params IReadOnlyCollection<BotState> from)
    {
        if (steps.Count > StepsMax)
            throw new ArgumentException($"A round has {steps.Count} steps of one bot, {StepsMax} at most.");

        var seen = new HashSet<Point>();
        var stack = new Stack<Point>();
        var ends = new HashSet<BotState>();
        Point? deepest = null;
        foreach (var state in from)
            Push(new Point(0, 0, state));
        while (stack.TryPop(out var point))
        {
            if (deepest is null || point.Depth > deepest.Depth)
                deepest = point;
            if ((point.Done & _certain) == _certain && IsExplained(point.State))
                ends.Add(point.State);
            if (seen.Count > (ends.Count > 0 ? PointsMax : PointsToFirstEndMax))
                return new Verdict(ends, seen.Count, IsComplete: false, ends.Count > 0 ? "" : $"Undecided after {seen.Count} points of {steps.Count} steps.{Environment.NewLine}{new TimeLine(lanes, steps).Write(deepest)}");
            foreach (var next in Next(point))
                Push(next);
        }

        return new Verdict(ends, seen.Count, IsComplete: true, ends.Count > 0 ? "" : new TimeLine(lanes, steps).Write(deepest!));

        void Push(Point point)
        {
            if (seen.Add(point))
                stack.Push(point);
        }
    }

    /// <summary>The steps that may come next by real time and by the order of acceptance.</summary>
    internal static IEnumerable<int> Open(IReadOnlyList<Step> steps, UInt128 done, bool isDetached)
    {
        var (firstEnd, firstOrder, firstAccepted) = (long.MaxValue, long.MaxValue, long.MaxValue);
        for (var i = 0; i < steps.Count; i++)
        {
            if (IsDone(done, i))
                continue;
            firstEnd = Math.Min(firstEnd, steps[i].End);
            firstOrder = Math.Min(firstOrder, steps[i].Order ?? long.MaxValue);
            firstAccepted = Math.Min(firstAccepted, steps[i].AcceptedBy);
        }

        for (var i = 0; i < steps.Count; i++)
        {
            if (!IsDone(done, i) && steps[i].Start <= firstEnd && !(steps[i].Order is { } order && !(isDetached && steps[i].Overtakes) && (order > firstOrder || steps[i].Start > firstAccepted)))
                yield return i;
        }
    }

    /// <summary>What may happen by itself: a hold that ran out ends.</summary>
    internal static IEnumerable<(Turn Turn, string What)> ByItself(BotState state, Lanes lanes)
    {
        for (var chat = 0; chat < state.Chats.Length; chat++)
        {
            if (state.Chats[chat] is { Holding: Holding.Linkage } held && held.ExpiresAt <= state.Now)
            {
                var turn = new Turn(state, lanes);
                Promises.Expire(turn, chat);
                yield return (turn, $"the hold of chat {chat} runs out");
            }
        }
    }

    private static bool IsDone(UInt128 done, int step) => (done >> step & 1) != 0;

    private bool IsExplained(BotState state)
    {
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            if (state.Heard[lane] != lanes[lane].Count)
                return false;
        }

        return true;
    }

    private List<Point> Next(Point point)
    {
        var next = new List<Point>();
        foreach (var i in Open(steps, point.Done, point.State.Wire == Wire.Detached))
        {
            var bit = UInt128.One << i;
            var hasBegun = (point.Begun & bit) != 0;
            foreach (var taken in steps[i].Take(point.State, lanes, hasBegun))
            {
                if (taken.Turn.Problem is not null)
                    continue;

                var then = new Point(taken.IsOver ? point.Done | bit : point.Done, taken.IsOver ? point.Begun & ~bit : point.Begun | bit, taken.Turn.State)
                {
                    From = (point, (taken.IsOver ? "" : "first half of ") + steps[i]), Depth = point.Depth + 1,
                };
                if (steps[i].OnlySees)
                    return [then];
                next.Add(then);
            }
        }

        foreach (var (turn, what) in ByItself(point.State, lanes))
        {
            if (turn.Problem is null)
                next.Add(new Point(point.Done, point.Begun, turn.State) { From = (point, what), Depth = point.Depth });
        }

        return next;
    }
}
