using ModuleGateway.Journal;

namespace ModuleGateway.Delivery;

/// <remarks>What is read of the store, when, and what becomes of what a look found.</remarks>
internal sealed partial class LaneScheduler
{
    /// <summary>What a look at the store found.</summary>
    /// <param name="max">Lanes that were asked for.</param>
    /// <param name="nextAside">Until the next of those that stand aside is due, those of <paramref name="asides"/> left out; null: there is none.</param>
    public void Loaded(LinkageLanes linkage, IReadOnlyList<Lane> live, int max, IReadOnlyList<Lane> replay, IReadOnlyList<Aside> asides, TimeSpan? nextAside)
    {
        lock (_gate)
        {
            var asked = linkage.Load!.Value;
            EndLoad(linkage);
            if (_isOver)
                return;

            var isClosed = linkage.Module.Circuit == Circuit.Closed;
            var isAll = linkage.Cursor is null && live.Count < max;
            if (asked.Live)
                linkage.Cursor = live.Count < max ? null : live[^1];
            linkage.HasMore |= asked.Live && !(isAll && isClosed);
            linkage.HasMoreReplays |= replay.Count > 0;
            foreach (var lane in live.Concat(replay).Where(lane => isClosed && !linkage.Lanes.ContainsKey(lane)))
            {
                if (HasPlace(linkage.Module))
                    Add(linkage, lane);
                else
                    MarkMore(linkage, lane); // Others were quicker; the next look but some finds it.
            }

            if (asked.Aside)
                TakeUp(linkage, asides, nextAside);
            Hunger(linkage);
            Drop(linkage);
        }

        Deal();
    }

    /// <summary>A look at the store failed: it is to be made again after a while.</summary>
    public void LoadFailed(LinkageLanes linkage, TimeSpan wait)
    {
        lock (_gate)
        {
            EndLoad(linkage);
            if (_isOver)
                return;

            linkage.HasMore = linkage.HasMoreReplays = linkage.AsideIsDue = true;
            LoadLater(linkage, wait);
        }

        Deal();
    }

    /// <summary>Some of what a linkage of a module that is switched off was owed is buried.</summary>
    public void Buried(LinkageLanes linkage, bool isAll)
    {
        lock (_gate)
        {
            EndLoad(linkage);
            if (isAll)
                linkage.HasAside = false;
            else
                linkage.HasMore = true;
            Hunger(linkage);
            Drop(linkage);
        }

        Deal();
    }

    private LinkageLanes? NextLoad()
    {
        while (!_isOver && _loads < LoadsMax && _load.TryDequeue(out var module))
        {
            module.IsInLoadRing = false;
            if (!MayLoad(module))
                continue;

            var linkage = module.Hungry.Dequeue();
            linkage.IsHungry = false;
            EnterLoad(module);
            if (WhatToLoad(linkage) is not { } what)
                continue;

            linkage.Load = what;
            linkage.HasMore &= !(what.Live || what.Bury);
            linkage.HasMoreReplays &= !(what.Replay || what.Bury);
            linkage.AsideIsDue &= !(what.Aside || what.Bury);
            _loads++;
            _busy++;
            return linkage;
        }

        return null;
    }

    private LinkageLoad? WhatToLoad(LinkageLanes linkage)
    {
        if (linkage.Load is not null || linkage.LoadTimer is not null || linkage.Module.Circuit == Circuit.Open)
            return null;
        if (linkage.Module.Circuit == Circuit.Off)
            return linkage.HasMore || linkage.HasMoreReplays || linkage.HasAside || linkage.AsideIsDue ? new LinkageLoad(false, false, false, Bury: true) : null;

        var what = new LinkageLoad(
            linkage.HasMore && linkage.LiveLanes <= options.LanesPerLinkageMax / 2, linkage.HasMoreReplays && linkage.ReplayLanes == 0, linkage.AsideIsDue && linkage.AsidesInMemory == 0, Bury: false);
        return what == default ? null : what;
    }

    private void TakeUp(LinkageLanes linkage, IReadOnlyList<Aside> asides, TimeSpan? next)
    {
        linkage.HasAside = asides.Count > 0 || next is not null;
        if (linkage.Module.Circuit != Circuit.Closed)
            return;

        foreach (var aside in asides)
        {
            linkage.AsidesInMemory++;
            MakeReady(new LaneState(aside.Lane, linkage) { Aside = aside.Ids, IsAgain = true });
        }

        linkage.AsideIsDue |= asides.Count > 0;
        linkage.AsideTimer?.Dispose();
        linkage.AsideTimer = null;
        if (asides.Count == 0 && next is { } wait && !linkage.AsideIsDue)
            WaitForAside(linkage, wait);
    }

    private void WaitForAside(LinkageLanes linkage, TimeSpan wait) => linkage.AsideTimer = clock.CreateTimer(
        _ =>
        {
            lock (_gate)
            {
                if (_isOver)
                    return;
                linkage.AsideTimer?.Dispose();
                linkage.AsideTimer = null;
                linkage.AsideIsDue = true;
                Hunger(linkage);
            }

            Deal();
        },
        null, wait, Timeout.InfiniteTimeSpan);

    private void LoadLater(LinkageLanes linkage, TimeSpan wait)
    {
        linkage.LoadTimer?.Dispose();
        linkage.LoadTimer = clock.CreateTimer(_ => LoadAgain(linkage), null, wait, Timeout.InfiniteTimeSpan);
    }

    private void LoadAgain(LinkageLanes linkage)
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            linkage.LoadTimer?.Dispose();
            linkage.LoadTimer = null;
            Hunger(linkage);
        }

        Deal();
    }

    private void EndLoad(LinkageLanes linkage)
    {
        linkage.Load = null;
        _loads--;
        _busy--;
    }

    private void Hunger(LinkageLanes linkage)
    {
        if (linkage.IsHungry || WhatToLoad(linkage) is null)
            return;

        linkage.IsHungry = true;
        linkage.Module.Hungry.Enqueue(linkage);
        EnterLoad(linkage.Module);
    }

    private void EnterLoad(ModuleLanes module)
    {
        if (module.IsInLoadRing || !MayLoad(module))
            return;
        module.IsInLoadRing = true;
        _load.Enqueue(module);
    }

    private bool MayLoad(ModuleLanes module) => module.Hungry.Count > 0 && (module.Circuit == Circuit.Off || (module.Circuit == Circuit.Closed && HasPlace(module)));
}
