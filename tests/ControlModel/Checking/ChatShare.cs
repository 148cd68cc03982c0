using ControlModel.Model;
using ControlModel.Steps;

namespace ControlModel.Checking;

/// <summary>What a round looks like from one chat: its own steps and those of the whole account, and a bot that has this chat only.</summary>
/// <remarks>
/// A step looks at its own chat and at the account, and a step of the account treats each chat for itself: so an order of the round is, chat by chat, an
/// order of each share. Points are numbered; what follows a point, and whether the end of the round can be reached from it, is found out once.
/// </remarks>
internal sealed class ChatShare
{
    /// <summary>Points of a share whose way to the end is looked for; what lies beyond is followed without knowing.</summary>
    private const int PointsMax = 3_000_000;

    private readonly Lanes _lanes;
    private readonly List<Step> _steps = [];
    private readonly List<int> _places = [];
    private readonly UInt128 _certain;
    private readonly Dictionary<Point, int> _numbers = [];
    private readonly List<Point> _points = [];
    private readonly List<Move[]?> _moves = [];
    private readonly List<bool?> _reachesEnd = [];

    public ChatShare(Lanes lanes, IReadOnlyList<Step> steps, int chat)
    {
        Chat = chat;
        _lanes = lanes.Alone(chat);
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].InChat is { } other && other != chat)
                continue;
            _steps.Add(steps[i].Alone());
            _places.Add(i);
        }

        _certain = Order.Certain(_steps);
    }

    public int Chat { get; }

    /// <summary>Points that were looked at.</summary>
    public int Looked => _points.Count;

    public Point this[int number] => _points[number];

    /// <summary>The number of the point at which a round begins.</summary>
    public int Begin(BotState bot) => Number(new Point(0, 0, bot.Alone(Chat)));

    /// <summary>What may come next here, were there no other chats.</summary>
    public IReadOnlyList<Move> Moves(int number) => _moves[number] ??= [.. FindMoves(_points[number])];

    /// <summary>All that must have happened has, and all that the modules were given in this chat is explained.</summary>
    public bool IsEnd(int number)
    {
        var point = _points[number];
        if ((point.Done & _certain) != _certain)
            return false;

        for (var lane = 0; lane < _lanes.Count; lane++)
        {
            if (point.State.Heard[lane] != _lanes[lane].Count)
                return false;
        }

        return true;
    }

    /// <summary>Whether some order of this share leads from here to the end of the round. Where none does, no order of the whole round passes here.</summary>
    public bool ReachesEnd(int number)
    {
        if (_reachesEnd[number] is { } known)
            return known;
        if (_points.Count > PointsMax)
            return true;

        var reaches = IsEnd(number);
        if (!reaches)
        {
            var moves = Moves(number);
            reaches = moves.FirstOrDefault(move => move.OnlySees) is { OnlySees: true } seen ? ReachesEnd(seen.To) : moves.Any(move => ReachesEnd(move.To));
        }

        _reachesEnd[number] = reaches;
        return reaches;
    }

    /// <summary>Where every order of this share ends.</summary>
    public string WriteDeepest()
    {
        var deepest = _points.MaxBy(point => point.Depth)!;
        var last = new Stack<string>();
        for (var at = deepest; at.From is { } from; at = from.Before)
            last.Push(from.What);
        return $"  By what happened in chat {Chat} and to the whole account alone; here it is chat 0.{Environment.NewLine}{new TimeLine(_lanes, _steps).Write(deepest.Done, deepest.Begun, deepest.State, [.. last])}";
    }

    private int Number(Point point)
    {
        if (_numbers.TryGetValue(point, out var number))
            return number;

        _numbers.Add(point, _points.Count);
        _points.Add(point);
        _moves.Add(null);
        _reachesEnd.Add(null);
        return _points.Count - 1;
    }

    private IEnumerable<Move> FindMoves(Point point)
    {
        foreach (var i in Order.Open(_steps, point.Done, point.Begun, point.State.Wire == Wire.Detached))
        {
            var bit = UInt128.One << i;
            foreach (var taken in _steps[i].Take(point.State, _lanes, hasBegun: (point.Begun & bit) != 0))
            {
                if (taken.Turn.Problem is not null)
                    continue;

                var then = new Point(taken.IsOver ? point.Done | bit : point.Done, taken.IsOver ? point.Begun & ~bit : point.Begun | bit, taken.Turn.State)
                {
                    From = (point, (taken.IsOver ? "" : "first half of ") + _steps[i]), Depth = point.Depth + 1,
                };
                yield return new Move(_places[i], Number(then)) { IsOver = taken.IsOver, OnlySees = _steps[i].OnlySees };
            }
        }

        // What may happen by itself: a hold that ran out ends.
        if (point.State.Chats[0] is { Holding: Holding.Linkage } held && held.ExpiresAt <= point.State.Now)
        {
            var turn = new Turn(point.State, _lanes);
            Promises.Expire(turn, 0);
            if (turn.Problem is null)
                yield return new Move(null, Number(new Point(point.Done, point.Begun, turn.State) { From = (point, "the hold runs out"), Depth = point.Depth }));
        }
    }
}

/// <summary>A way from one point of a share to another.</summary>
/// <param name="Step">The step's place in the round; null: something that happened by itself.</param>
internal sealed record Move(int? Step, int To)
{
    /// <summary>False after the first half of a step that has two.</summary>
    public bool IsOver { get; init; }

    public bool OnlySees { get; init; }
}
