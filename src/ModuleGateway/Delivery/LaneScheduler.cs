using ModuleGateway.Journal;
using Tenancy;

namespace ModuleGateway.Delivery;

/// <summary>Who has the next turn, and what is in memory at all.</summary>
/// <remarks>
/// Room is dealt in a ring of modules, of each in a ring of its linkages, of each in a ring of its lanes, one turn each: an account in a burst has the
/// share of one account, a busy chat that of one chat. The fuller all room is, the less of it may one module have, so that modules that hang leave a
/// newcomer its first attempt. Attempts that are no first ones take half of a module's room at most. Memory holds a window of lanes: so many of a linkage,
/// of a module, of all together; a linkage whose window runs low is read on from where the last look ended.
/// No I/O and no waiting here: a turn or a look that is due is handed to <paramref name="start"/> or <paramref name="load"/>, outside the lock.
/// Thread-safe. One for each term; whatever comes back after the term is over changes nothing that anybody looks at.
/// </remarks>
internal sealed partial class LaneScheduler(DeliveryOptions options, TimeProvider clock, Action<LaneState> start, Action<LinkageLanes> load) : IDisposable
{
    /// <summary>Looks at the store at the same time.</summary>
    private const int LoadsMax = 4;

    /// <summary>Replays of one linkage have this many lanes in memory at most.</summary>
    public const int ReplayLanesMax = 4;

    /// <summary>So many turns and a lane makes room for one that is not in memory yet.</summary>
    private const int TurnsPerStay = 8;

    /// <summary>Of the second half of all room one module may have this part of what is free.</summary>
    private const int ShareParts = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<LinkageId, LinkageLanes> _linkages = [];
    private readonly Dictionary<ModuleId, ModuleLanes> _modules = [];
    private readonly Queue<ModuleLanes> _deal = new();
    private readonly Queue<ModuleLanes> _load = new();
    private readonly HashSet<LinkageId> _unplaced = [];
    private readonly LinkedList<ModuleLanes> _parked = [];
    private int _parkedAt = int.MaxValue; // The smallest share at which one of them found no room.
    private int _inFlight;
    private int _lanes;
    private int _loads;
    private int _busy;
    private bool _isOver;
    private TaskCompletionSource? _resting;
    private TaskCompletionSource? _quiet;

    /// <summary>Lanes in memory.</summary>
    public int Lanes
    {
        get
        {
            lock (_gate)
                return _lanes;
        }
    }

    /// <summary>Lanes in memory, and attempts that run.</summary>
    public (int Lanes, int InFlight) Load
    {
        get
        {
            lock (_gate)
                return (_lanes, _inFlight);
        }
    }

    /// <summary>Something is owed in this lane.</summary>
    public void Touch(Lane lane, ModuleId module)
    {
        lock (_gate)
        {
            if (_isOver)
                return;

            var linkage = Linkage(lane.Linkage, module);
            if (linkage.Lanes.TryGetValue(lane, out var state))
                state.HasMore = true;
            else if (MayAdd(linkage, lane))
                Add(linkage, lane);
            else
                MarkMore(linkage, lane);
        }

        Deal();
    }

    /// <summary>Something may be owed anywhere in this linkage.</summary>
    public void Touch(LinkageId id, ModuleId module)
    {
        lock (_gate)
        {
            if (_isOver)
                return;

            var linkage = Linkage(id, module);
            linkage.HasMore = linkage.HasMoreReplays = linkage.AsideIsDue = true;
            _unplaced.Remove(id);
            Hunger(linkage);
        }

        Deal();
    }

    /// <summary>Something is owed to a linkage of which nobody knows yet whose it is.</summary>
    public void Keep(LinkageId id)
    {
        lock (_gate)
        {
            if (!_isOver)
                _unplaced.Add(id);
        }
    }

    /// <summary>What <see cref="Keep"/> was told.</summary>
    public IReadOnlyList<LinkageId> Unplaced()
    {
        lock (_gate)
            return [.. _unplaced];
    }

    /// <summary>Modules whose circuit is so.</summary>
    public IReadOnlyList<ModuleId> ModulesIn(Circuit circuit)
    {
        lock (_gate)
            return [.. _modules.Values.Where(module => module.Circuit == circuit).Select(module => module.Id)];
    }

    public Circuit CircuitOf(ModuleId module)
    {
        lock (_gate)
            return _modules.TryGetValue(module, out var lanes) ? lanes.Circuit : Circuit.Closed;
    }

    /// <summary>Gives a turn's room back. False: the lane is to leave, by <see cref="Leave"/>, when its outcomes are recorded.</summary>
    public bool EndTurn(LaneState lane, TurnEnd end)
    {
        bool stays;
        lock (_gate)
        {
            GiveBack(lane);
            lane.IsAgain = lane.Lane.Replay is not null;
            lane.Turns++;
            var makesRoom = lane.Turns >= TurnsPerStay && lane.Linkage.HasMore;
            stays = end == TurnEnd.Next && lane.Linkage.Module.Circuit == Circuit.Closed && !makesRoom && !_isOver;
            if (stays)
                MakeReady(lane);
            else
                _busy++;
        }

        Deal();
        return stays;
    }

    /// <summary>Gives a turn's room back; the lane has another turn after <paramref name="wait"/>. False: it is to leave.</summary>
    public bool EndTurn(LaneState lane, TimeSpan wait)
    {
        bool stays;
        lock (_gate)
        {
            GiveBack(lane);
            lane.IsAgain = true;
            stays = lane.Linkage.Module.Circuit == Circuit.Closed && !_isOver;
            if (stays)
                Wait(lane, wait);
            else
                _busy++;

        }

        Deal();
        return stays;
    }

    /// <summary>Takes a lane out of memory, all of whose outcomes are recorded; unless something came while it was at work.</summary>
    /// <param name="hasMore">Whether more is owed in it, as far as its last turn saw.</param>
    public void Leave(LaneState lane, bool hasMore)
    {
        lock (_gate)
        {
            _busy--;
            if (_isOver)
                return;

            var linkage = lane.Linkage;
            if (lane.HasMore && !hasMore && linkage.Module.Circuit == Circuit.Closed)
            {
                MakeReady(lane);
            }
            else
            {
                Remove(lane);
                if (hasMore || lane.HasMore)
                    MarkMore(linkage, lane.Lane);
            }

            Hunger(linkage);
            Drop(linkage);
        }

        Deal();
    }

    /// <summary>Keeps a lane that was to leave in memory: what it knows is not in the store. It has another turn after <paramref name="wait"/>.</summary>
    public void Stay(LaneState lane, TimeSpan wait)
    {
        lock (_gate)
        {
            _busy--;
            if (!_isOver)
                Wait(lane, wait);
        }

        Deal();
    }

    /// <summary>Gives the room back of a turn of something that stands aside.</summary>
    /// <param name="wait">Until it may be looked for again; null: at once.</param>
    public void EndAside(LaneState aside, TimeSpan? wait)
    {
        lock (_gate)
        {
            GiveBack(aside);
            aside.Standing = LaneStanding.Gone;
            aside.Linkage.AsidesInMemory--;
            if (wait is { } time && !_isOver)
                LoadLater(aside.Linkage, time);
            Hunger(aside.Linkage);
            Drop(aside.Linkage);
        }

        Deal();
    }

    /// <summary>Something of this linkage has stepped aside and is due after <paramref name="wait"/>.</summary>
    public void StepAside(LinkageLanes linkage, TimeSpan wait)
    {
        lock (_gate)
        {
            if (_isOver)
                return;

            linkage.HasAside = true;
            if (linkage.AsideTimer is null && linkage.AsidesInMemory == 0 && !linkage.AsideIsDue && linkage.Load is not { Aside: true })
                WaitForAside(linkage, wait);
            else
                linkage.AsideIsDue = true; // Whoever comes back looks when the next is due.
            Hunger(linkage);
        }

        Deal();
    }

    /// <summary>From now on this module gets nothing. What is not at work leaves memory; the store has it.</summary>
    public void Open(ModuleId id, Circuit circuit)
    {
        lock (_gate)
        {
            var module = Module(id);
            module.Circuit = circuit;
            module.Quota = null;
            module.Fresh.Clear();
            module.First.Clear();
            module.FirstReady = 0;
            module.Again.Clear();
            foreach (var linkage in module.Linkages.ToList())
            {
                LaneState[] ready = [.. linkage.First, .. linkage.Again];
                linkage.First.Clear();
                linkage.IsInFirstRing = false;
                linkage.Again.Clear();
                linkage.AsideTimer?.Dispose();
                linkage.AsideTimer = null;
                foreach (var aside in ready.Where(one => one.Aside is not null))
                {
                    aside.Standing = LaneStanding.Gone;
                    linkage.AsidesInMemory--;
                    linkage.HasAside = true;
                }

                foreach (var lane in linkage.Lanes.Values.Where(one => one.Standing is LaneStanding.Ready or LaneStanding.Waiting).ToList())
                {
                    if (lane.Recorded.IsCompletedSuccessfully)
                    {
                        Remove(lane);
                        MarkMore(linkage, lane.Lane);
                    }
                    else
                    {
                        lane.Timer?.Dispose(); // It knows more than the store: it waits here.
                        MakeReady(lane);
                    }
                }

                Hunger(linkage);
                Drop(linkage);
            }
        }

        Deal();
    }

    /// <summary>This module gets deliveries again.</summary>
    /// <param name="quota">Turns to begin with, until it is granted more; null: as many as it has room for.</param>
    public void Close(ModuleId id, int? quota)
    {
        lock (_gate)
        {
            var module = Module(id);
            module.Circuit = Circuit.Closed;
            module.Quota = quota;
            foreach (var linkage in module.Linkages)
            {
                linkage.AsideIsDue |= linkage.HasAside;
                Hunger(linkage);
            }

            EnterDeal(module);
            EnterLoad(module); // Those that were hungry before it opened are so still.
        }

        Deal();
    }

    /// <summary>Lets a module that recovers have more turns.</summary>
    /// <param name="turns">How many it may have from now on; null: as many as it has room for.</param>
    public void Grant(ModuleId id, int? turns)
    {
        lock (_gate)
        {
            var module = Module(id);
            module.Quota = turns;
            EnterDeal(module);
        }

        Deal();
    }

    /// <summary>Leaves a module alone for a while, or no longer.</summary>
    public void Pause(ModuleId id, bool isPaused)
    {
        lock (_gate)
        {
            var module = Module(id);
            module.IsPaused = isPaused;
            EnterDeal(module);
        }

        Deal();
    }

    /// <summary>Work that is no turn and no look at the store; to be disposed of at its end.</summary>
    public IDisposable Work()
    {
        lock (_gate)
            _busy++;
        return new Working(this);
    }

    /// <summary>Completes when nothing is owed that anybody here knows of, and every outcome is recorded.</summary>
    public Task RestingAsync()
    {
        lock (_gate)
            return IsResting ? Task.CompletedTask : (_resting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Completes when nobody is at work: what is owed waits for its time.</summary>
    public Task QuietAsync()
    {
        lock (_gate)
            return _busy == 0 ? Task.CompletedTask : (_quiet ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>The term is over: nothing begins any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _deal.Clear();
            _load.Clear();
            _parked.Clear();
            foreach (var linkage in _linkages.Values)
            {
                linkage.AsideTimer?.Dispose();
                linkage.LoadTimer?.Dispose();
                foreach (var lane in linkage.Lanes.Values)
                    lane.Timer?.Dispose();
            }

            _linkages.Clear();
            _resting?.TrySetResult();
            _quiet?.TrySetResult();
        }
    }
}
