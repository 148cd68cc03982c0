using Line;
using ModuleGateway.Delivery;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using Tenancy;

namespace ModuleGateway.Tests.Delivery;

/// <summary>Plays the store and the turns around a scheduler: what is accepted lies here, and what the scheduler starts is carried through step by step, in any order.</summary>
internal sealed class SchedulerModel : IDisposable
{
    private static readonly DeliveryOptions Options = new() { InFlightPerModuleMax = 4, InFlightMax = 9, LanesPerLinkageMax = 6, LanesPerModuleMax = 12, LanesMax = 30 };

    private readonly Random _random;
    private readonly LaneScheduler _lanes;
    private readonly ModuleId[] _modules = [.. Enumerable.Range(0, 4).Select(_ => ModuleId.New())];
    private readonly LinkageId[] _linkages = [.. Enumerable.Range(0, 24).Select(_ => LinkageId.New())];
    private readonly SortedDictionary<(int Linkage, int Chat), Queue<long>> _owed = [];
    private readonly Dictionary<Lane, (int Linkage, int Chat)> _names = [];
    private readonly HashSet<int> _down = [];
    private readonly List<Action> _steps = []; // What is under way; each may be next.
    private readonly List<LaneState> _atWork = [];
    private long _lastId;

    public SchedulerModel(Random random)
    {
        _random = random;
        _lanes = new LaneScheduler(Options, new TestClock(), Start, Look);
    }

    public int Accepted { get; private set; }

    public int Delivered { get; private set; }

    public void Dispose() => _lanes.Dispose();

    public void Run(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            var dice = _random.Next(100);
            if (dice < 20)
                Accept();
            else if (dice < 22)
                Turn(_random.Next(_modules.Length));
            else
                Step();
            _atWork.Count.ShouldBeLessThanOrEqualTo(Options.InFlightMax + _modules.Length);
            _atWork.CountBy(lane => lane.Linkage.Module).ShouldAllBe(count => count.Value <= Options.InFlightPerModuleMax);
            _atWork.Select(lane => lane.Lane).ShouldBeUnique();

            _lanes.Lanes.ShouldBeLessThanOrEqualTo(Options.LanesMax + (_modules.Length * 2 * Options.InFlightPerModuleMax));
        }
    }

    public void Finish()
    {
        foreach (var module in _down.ToList())
            Turn(module);
        for (var i = 0; i < 1_000_000 && _steps.Count > 0; i++)
            Step();
        _lanes.RestingAsync().IsCompleted.ShouldBeTrue();
        _lanes.QuietAsync().IsCompleted.ShouldBeTrue();
        _lanes.Lanes.ShouldBe(0);
        _owed.ShouldBeEmpty();
    }

    private void Accept()
    {
        var linkage = _random.Next(4) == 0 ? 0 : _random.Next(_linkages.Length); // One is in a burst.
        var key = (linkage, _random.Next(20));
        if (!_owed.TryGetValue(key, out var queue))
            _owed.Add(key, queue = new Queue<long>());
        queue.Enqueue(++_lastId);
        Accepted++;
        _steps.Add(() => _lanes.Touch(Name(key), Module(linkage))); // The commit, and some time later its word.
    }

    /// <summary>An endpoint goes down, or comes back.</summary>
    private void Turn(int module)
    {
        if (_down.Remove(module))
            _lanes.Close(_modules[module], null);
        else if (_down.Add(module))
            _lanes.Open(_modules[module], Circuit.Open);
    }

    private void Step()
    {
        if (_steps.Count == 0)
            return;

        var i = _random.Next(_steps.Count);
        var step = _steps[i];
        (_steps[i], _steps[^1]) = (_steps[^1], _steps[i]);
        _steps.RemoveAt(_steps.Count - 1);
        step();
    }

    private void Start(LaneState lane)
    {
        _atWork.Add(lane);
        _steps.Add(() => Deliver(lane));
    }

    private void Deliver(LaneState lane)
    {
        // The turn's read; its answer; later the record; then the end of the turn, or the leaving.
        var key = _names[lane.Lane];
        var head = _owed.TryGetValue(key, out var queue) ? queue.FirstOrDefault(id => id > lane.DoneId) : 0;
        if (head == 0)
        {
            EndTurn(lane, TurnEnd.Empty);
            return;
        }

        var isLast = queue!.All(id => id <= head);
        head.ShouldBe(queue!.First(id => id > lane.DoneId), "in the order of the lane");
        lane.DoneId = head;
        Delivered++;
        var recorded = new TaskCompletionSource();
        lane.Recorded = lane.Recorded.IsCompletedSuccessfully ? recorded.Task : Task.WhenAll(lane.Recorded, recorded.Task);
        _steps.Add(() =>
        {
            // Outcomes of one lane are kept in any order.
            var left = new Queue<long>(_owed[key].Where(id => id != head));
            if (left.Count > 0)
                _owed[key] = left;
            else
                _owed.Remove(key);
            recorded.SetResult();
        });
        _steps.Add(() => EndTurn(lane, isLast ? TurnEnd.Empty : TurnEnd.Next));
    }

    private void EndTurn(LaneState lane, TurnEnd end)
    {
        _atWork.Remove(lane);
        if (!_lanes.EndTurn(lane, end))
            _steps.Add(() => Leave(lane, end == TurnEnd.Next));
    }

    private void Leave(LaneState lane, bool hasMore)
    {
        if (lane.Recorded.IsCompleted)
            _lanes.Leave(lane, hasMore);
        else
            _steps.Add(() => Leave(lane, hasMore));
    }

    private void Look(LinkageLanes linkage) => _steps.Add(() =>
    {
        var what = linkage.Load!.Value;
        var number = Array.IndexOf(_linkages, linkage.Id);
        var after = linkage.Cursor is { } cursor ? _names[cursor].Chat : -1;
        var live = what.Live ? _owed.Keys.Where(key => key.Linkage == number && key.Chat > after).Take(Options.LanesPerLinkageMax).Select(Name).ToList() : [];
        _steps.Add(() => _lanes.Loaded(linkage, live, Options.LanesPerLinkageMax, [], [], null));
    });

    private ModuleId Module(int linkage) => _modules[linkage % _modules.Length];

    private Lane Name((int Linkage, int Chat) key)
    {
        var lane = new Lane(_linkages[key.Linkage], new ChatKey(BotId.FromBits(7), IdKind.User, (UInt128)(key.Chat + 1)));
        _names[lane] = key;
        return lane;
    }
}
