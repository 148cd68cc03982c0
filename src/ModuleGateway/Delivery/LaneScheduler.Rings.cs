using ModuleGateway.Journal;
using Tenancy;

namespace ModuleGateway.Delivery;

/// <remarks>What happens under the lock: the rings, who has a place in them, their bounds.</remarks>
internal sealed partial class LaneScheduler
{
    private bool IsResting => _isOver || (_linkages.Count == 0 && _unplaced.Count == 0);

    private void Deal()
    {
        while (true)
        {
            LaneState? lane;
            LinkageLanes? linkage = null;
            lock (_gate)
            {
                lane = NextTurn();
                if (lane is null && (linkage = NextLoad()) is null)
                {
                    Settle();
                    return;
                }
            }

            if (lane is not null)
                start(lane);
            else
                load(linkage!);
        }
    }

    private LaneState? NextTurn()
    {
        while (!_isOver && _deal.TryDequeue(out var module))
        {
            module.IsInDealRing = false;
            if (!MayDeal(module))
                continue;
            if (!HasShare(module))
            {
                Park(module);
                continue;
            }

            var isAgain = module.Again.Count > 0 && HasAgainRoom(module) && (module.FirstReady == 0 || !module.LastWasAgain);
            var lane = isAgain ? NextAgain(module) : NextFirst(module);
            (lane.Standing, lane.HasAgainRoom, lane.HasMore) = (LaneStanding.AtWork, isAgain, false);
            module.LastWasAgain = isAgain;
            module.InFlight++;
            module.AgainInFlight += isAgain ? 1 : 0;
            module.Quota--;
            _inFlight++;
            _busy++;
            EnterDeal(module);
            return lane;
        }

        return null;
    }

    private static LaneState NextAgain(ModuleLanes module)
    {
        var linkage = module.Again.Dequeue();
        var lane = linkage.Again.Dequeue();
        if (linkage.Again.Count > 0)
            module.Again.Enqueue(linkage);
        return lane;
    }

    /// <summary>One that was at rest comes before those in a burst, once: after that its place is behind theirs, and it keeps it until its turn comes, whether or not it has anything by then.</summary>
    private LaneState NextFirst(ModuleLanes module)
    {
        var isFresh = module.Fresh.TryDequeue(out var linkage);
        while (!isFresh && (linkage = module.First.Dequeue()).First.Count == 0)
            Forget(linkage);

        var lane = linkage!.First.Dequeue();
        if (isFresh || linkage.First.Count > 0)
            module.First.Enqueue(linkage);
        else
            linkage.IsInFirstRing = false;
        if (--module.FirstReady == 0)
        {
            while (module.First.TryDequeue(out var rested)) // Nobody waits behind anybody.
                Forget(rested);
        }

        return lane;
    }

    private void Forget(LinkageLanes rested)
    {
        rested.IsInFirstRing = false;
        Drop(rested);
    }

    private void Wait(LaneState lane, TimeSpan wait)
    {
        lane.Standing = LaneStanding.Waiting;
        lane.Timer?.Dispose();
        lane.Timer = clock.CreateTimer(_ => EndWait(lane), null, wait, Timeout.InfiniteTimeSpan);
    }

    private void EndWait(LaneState lane)
    {
        lock (_gate)
        {
            if (_isOver || lane.Standing != LaneStanding.Waiting)
                return;
            lane.Timer?.Dispose();
            lane.Timer = null;
            MakeReady(lane);
        }

        Deal();
    }

    private LinkageLanes Linkage(LinkageId id, ModuleId module)
    {
        if (!_linkages.TryGetValue(id, out var linkage))
        {
            _linkages.Add(id, linkage = new LinkageLanes(id, Module(module)));
            linkage.Module.Linkages.Add(linkage);
        }

        return linkage;
    }

    private ModuleLanes Module(ModuleId id)
    {
        if (!_modules.TryGetValue(id, out var module))
            _modules.Add(id, module = new ModuleLanes(id));
        return module;
    }

    private bool MayAdd(LinkageLanes linkage, Lane lane) => linkage.Module.Circuit == Circuit.Closed && HasPlace(linkage.Module)
        && (lane.Replay is null ? !linkage.HasMore && linkage.LiveLanes < options.LanesPerLinkageMax : !linkage.HasMoreReplays && linkage.ReplayLanes < ReplayLanesMax);

    private void Add(LinkageLanes linkage, Lane lane)
    {
        var state = new LaneState(lane, linkage) { IsAgain = lane.Replay is not null };
        linkage.Lanes.Add(lane, state);
        linkage.ReplayLanes += lane.Replay is null ? 0 : 1;
        linkage.Module.Lanes++;
        _lanes++;
        MakeReady(state);
    }

    private void Remove(LaneState lane)
    {
        lane.Standing = LaneStanding.Gone;
        lane.Timer?.Dispose();
        lane.Timer = null;
        lane.Linkage.Lanes.Remove(lane.Lane);
        lane.Linkage.ReplayLanes -= lane.Lane.Replay is null ? 0 : 1;
        lane.Linkage.Module.Lanes--;
        _lanes--;
        EnterLoad(lane.Linkage.Module);
    }

    private void MarkMore(LinkageLanes linkage, Lane lane)
    {
        if (lane.Replay is null)
            linkage.HasMore = true;
        else
            linkage.HasMoreReplays = true;
        Hunger(linkage);
    }

    private void MakeReady(LaneState lane)
    {
        lane.Standing = LaneStanding.Ready;
        var linkage = lane.Linkage;
        var module = linkage.Module;
        if (lane.IsAgain)
        {
            linkage.Again.Enqueue(lane);
            if (linkage.Again.Count == 1)
                module.Again.Enqueue(linkage);
        }
        else
        {
            linkage.First.Enqueue(lane);
            module.FirstReady++;
            if (!linkage.IsInFirstRing)
                module.Fresh.Enqueue(linkage);
            linkage.IsInFirstRing = true;
        }

        EnterDeal(module);
    }

    private void GiveBack(LaneState lane)
    {
        var module = lane.Linkage.Module;
        module.InFlight--;
        module.AgainInFlight -= lane.HasAgainRoom ? 1 : 0;
        _inFlight--;
        _busy--;
        if (Share > _parkedAt)
            UnparkAll(); // Before this one, which had its turn.
        Unpark(module);
    }

    /// <summary>There is no room for it: it has its turn when some of its own comes back, or when the share has grown.</summary>
    private void Park(ModuleLanes module)
    {
        module.Parked = _parked.AddLast(module);
        _parkedAt = module.InFlight == 0 ? 0 : Math.Min(_parkedAt, Share);
    }

    private void Unpark(ModuleLanes module)
    {
        if (module.Parked is { } place)
        {
            _parked.Remove(place);
            module.Parked = null;
        }

        EnterDeal(module);
    }

    private void UnparkAll()
    {
        _parkedAt = int.MaxValue;
        while (_parked.First is { } place)
            Unpark(place.Value);
    }

    private void Drop(LinkageLanes linkage)
    {
        if (!linkage.IsIdle || !_linkages.Remove(linkage.Id))
            return;

        linkage.Module.Linkages.Remove(linkage);
        linkage.AsideTimer?.Dispose();
    }

    private void EnterDeal(ModuleLanes module)
    {
        if (module.IsInDealRing || module.Parked is not null || !MayDeal(module))
            return;
        module.IsInDealRing = true;
        _deal.Enqueue(module);
    }

    private bool MayDeal(ModuleLanes module) => module.Circuit == Circuit.Closed && !module.IsPaused && module.Quota is not <= 0 && module.InFlight < options.InFlightPerModuleMax
        && (module.FirstReady > 0 || (module.Again.Count > 0 && HasAgainRoom(module)));

    /// <summary>How much of the room one module may have: of the first half as much as it may have anyway, of the second the less, the less of it is left.</summary>
    private int Share => _inFlight < options.InFlightMax / 2 ? int.MaxValue : Math.Max(1, (options.InFlightMax - _inFlight) / ShareParts);

    /// <summary>A module that has nothing in flight gets its first turn even when the room is full, as long as no more than as much again is taken in this way: those who hang keep nobody out.</summary>
    private bool HasShare(ModuleLanes module) => module.InFlight == 0 ? _inFlight < 2 * options.InFlightMax : module.InFlight < Share;

    /// <summary>Half of the room, rounded up: the other half is kept for first attempts.</summary>
    private bool HasAgainRoom(ModuleLanes module) => module.AgainInFlight < (options.InFlightPerModuleMax + 1) / 2;

    /// <summary>Every module has place for as many lanes as it can have in flight, twice: however many others there are.</summary>
    private bool HasPlace(ModuleLanes module) => module.Lanes < 2 * options.InFlightPerModuleMax || (module.Lanes < options.LanesPerModuleMax && _lanes < options.LanesMax);

    private void Settle()
    {
        if (_resting is not null && IsResting)
        {
            _resting.SetResult();
            _resting = null;
        }

        if (_quiet is not null && _busy == 0)
        {
            _quiet.SetResult();
            _quiet = null;
        }
    }

    private sealed class Working(LaneScheduler scheduler) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            lock (scheduler._gate)
            {
                if (_isOver)
                    return;
                _isOver = true;
                scheduler._busy--;
            }

            scheduler.Deal();
        }
    }
}
