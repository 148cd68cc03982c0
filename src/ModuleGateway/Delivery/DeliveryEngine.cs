using Microsoft.Extensions.Options;
using ModuleGateway.Journal;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Delivery;

/// <summary>Brings what is owed to the modules: in order within a lane, lanes side by side, so many at once per module.</summary>
/// <remarks>
/// All that is owed lies in the store. <see cref="LaneScheduler"/> holds a window of it and says who has the next turn, <see cref="LaneTurns"/> takes the
/// turn, and here is what joins them: the term, what commits wake, looks at the store. What fails is tried again later and nothing in its lane overtakes it.
/// Of several processes one delivers at a time: two would each believe their own order.
/// </remarks>
internal sealed partial class DeliveryEngine(
    IGatewayStore store, GatewayState state, LaneTurns turns, EndpointCircuits circuits, OutcomeWriter outcomes, IOptions<DeliveryOptions> options, StoreClock clock, ILogger<DeliveryEngine> log)
    : BackgroundService
{
    private const int LinkagesPerLook = 1000;
    private const int AsidesPerLook = 16;
    private const int BuriedAtOnce = 500;
    private static readonly TimeSpan TermDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>What nobody was told of, as what a process that has lost the role has written down all the same, is found so soon.</summary>
    private static readonly TimeSpan LookEverywhereEvery = TimeSpan.FromMinutes(3);

    private volatile DeliveryTerm? _term;
    private volatile TaskCompletionSource _delivering = NotYet();

    /// <summary>Something was added to these lanes: begins with them, if this process is the one that delivers. Cheap and safe from any thread.</summary>
    public void Wake(IReadOnlyCollection<Lane> lanes)
    {
        if (_term is not { } term)
            return;

        var linkages = state.Snapshot.Linkages;
        foreach (var lane in lanes)
        {
            if (linkages.TryGetValue(lane.Linkage, out var linked))
                term.Lanes.Touch(lane, linked.Module.Id);
            else
                term.Lanes.Keep(lane.Linkage); // The registry is still being read, or the linkage is new to this process: looked at again soon.
        }
    }

    /// <summary>Completes when nothing is owed that the engine knows of, and every outcome is recorded.</summary>
    public Task RestingAsync() => _term?.Lanes.RestingAsync() ?? Task.CompletedTask;

    /// <summary>Completes when nobody is at work: what is owed waits for its time.</summary>
    public Task QuietAsync() => _term?.Lanes.QuietAsync() ?? Task.CompletedTask;

    /// <summary>Whether this process is the one that delivers.</summary>
    public bool Delivers => _term is { IsRunning: true };

    /// <summary>Lanes in memory, and attempts that run.</summary>
    public (int Lanes, int InFlight) Load => _term?.Lanes.Load ?? default;

    /// <summary>Completes when this process is the one that delivers, and has taken up what is known of the endpoints.</summary>
    public Task DeliveringAsync() => _delivering.Task;

    public override void Dispose()
    {
        EndTerm();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        store.OnOwed = Wake;
        store.OnOwedAnywhere = () =>
        {
            if (_term is { } term)
                _ = LookAgainAsync(term);
        };
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var role = await store.TakeRoleAsync("delivery", stoppingToken);
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(role.Lost, stoppingToken);
                try
                {
                    await DeliverAsync(role, ended.Token);
                }
                finally
                {
                    // Before the role is given up: whoever has it next finds nobody at work and, what is known already, written down.
                    await ended.CancelAsync();
                    EndTerm();
                    await outcomes.FlushAsync().WaitAsync(TermDelay, clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: nothing may end delivery for good.
            {
                Log.TermDelayed(log, error);
                await Task.Delay(TermDelay, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                Log.TermEnded(log); // Another process may deliver now; this one stands in line again.
            }
        }
    }

    private async Task DeliverAsync(StoreRole role, CancellationToken ended)
    {
        // Nobody knows whether what is owed from before was tried: it goes out marked as redelivery.
        var lastId = await store.ReadAsync(tx => tx.Deliveries.LastId(), ended);
        var term = Begin(role, lastId, ended);
        await circuits.BeginAsync(term);
        _term = term;
        _delivering.TrySetResult();

        // Only now: what is committed from here on wakes its lane by itself.
        await LookEverywhereAsync(term);
        var lookedAt = clock.GetUtcNow();
        while (true)
        {
            await Task.Delay(LookEvery, clock, ended);
            Place(term);
            if (clock.GetUtcNow() - lookedAt >= LookEverywhereEvery)
            {
                lookedAt = clock.GetUtcNow();
                _ = LookAgainAsync(term);
            }

            try
            {
                await circuits.LookAsync(term);
            }
            catch (StoreUnavailableException error)
            {
                Log.LookDelayed(log, error);
            }
        }
    }

    private DeliveryTerm Begin(StoreRole role, long lastId, CancellationToken ended)
    {
        DeliveryTerm? term = null;
        var lanes = new LaneScheduler(
            options.Value, clock,
            lane => ThreadPool.UnsafeQueueUserWorkItem(static turn => _ = turn.turns.TakeAsync(turn.term, turn.lane), (turns, term: term!, lane), preferLocal: false),
            linkage => ThreadPool.UnsafeQueueUserWorkItem(static look => _ = look.engine.LoadAsync(look.term, look.linkage), (engine: this, term: term!, linkage), preferLocal: false));
        return term = new DeliveryTerm(role, lastId, ended) { Lanes = lanes };
    }

    private static TaskCompletionSource NotYet() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void EndTerm()
    {
        var term = _term;
        _term = null;
        if (_delivering.Task.IsCompleted)
            _delivering = NotYet();
        term?.Lanes.Dispose();
    }

    /// <summary>As <see cref="LookEverywhereAsync"/>, however often somebody asks for it: never two side by side, and whoever asks meanwhile is served by one more.</summary>
    private async Task LookAgainAsync(DeliveryTerm term)
    {
        if (Interlocked.Increment(ref term.LooksAsked) != 1)
            return;

        int served;
        do
        {
            served = Volatile.Read(ref term.LooksAsked);
            await LookEverywhereAsync(term);
        }
        while (Interlocked.Add(ref term.LooksAsked, -served) > 0);
    }

    /// <summary>Finds every linkage that is owed something; its lanes are read when it is their turn.</summary>
    private async Task LookEverywhereAsync(DeliveryTerm term)
    {
        using var work = term.Lanes.Work();
        LinkageId? last = null;
        while (!term.Ended.IsCancellationRequested)
        {
            try
            {
                var linkages = await store.ReadAsync(tx => tx.Deliveries.OwedLinkages(last, LinkagesPerLook), term.Ended);
                foreach (var linkage in linkages)
                    Place(term, linkage);
                if (linkages.Count < LinkagesPerLook)
                    return;
                last = linkages[^1];
            }
            catch (Exception error) when (error is not OperationCanceledException) // Nobody waits for it: what it did not find would lie until the next start.
            {
                Log.LookDelayed(log, error);
                await Task.Delay(LookEvery, clock, term.Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (term.Ended.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private void Place(DeliveryTerm term)
    {
        foreach (var linkage in term.Lanes.Unplaced())
            Place(term, linkage);
    }

    private void Place(DeliveryTerm term, LinkageId linkage)
    {
        if (state.Snapshot.Linkages.TryGetValue(linkage, out var linked))
            term.Lanes.Touch(linkage, linked.Module.Id);
        else
            term.Lanes.Keep(linkage);
    }

    private async Task LoadAsync(DeliveryTerm term, LinkageLanes linkage)
    {
        try
        {
            if (linkage.Load is { Bury: true })
                await BuryAsync(term, linkage);
            else
                await ReadOnAsync(term, linkage);
        }
        catch (OperationCanceledException) when (term.Ended.IsCancellationRequested)
        {
            // The process ends, or another delivers now.
        }
        catch (Exception error) // The worker loop: the store is away, or what it says cannot be read. It is asked again.
        {
            Log.LookDelayed(log, error);
            term.Lanes.LoadFailed(linkage, LookEvery);
        }
    }

    /// <summary>Makes dead letters of what a linkage of a module that is switched off is owed, a little at a time: others want to write too.</summary>
    private async Task BuryAsync(DeliveryTerm term, LinkageLanes linkage)
    {
        var buried = await store.WriteAsync(
            tx => tx.Endpoints.Find(linkage.Module.Id) is { Circuit: Circuit.Off } ? tx.Deliveries.Bury(linkage.Id, BuriedAtOnce) : (int?)null, term.Ended);
        if (buried is { } count)
            term.Lanes.Buried(linkage, isAll: count < BuriedAtOnce);
        else
            term.Lanes.LoadFailed(linkage, LookEvery); // It was switched on again a moment ago; we hear of it within a second.
    }

    private async Task ReadOnAsync(DeliveryTerm term, LinkageLanes linkage)
    {
        var (what, cursor, max) = (linkage.Load!.Value, linkage.Cursor, options.Value.LanesPerLinkageMax);
        var (live, replay, asides, next, now) = await store.ReadAsync(
            tx => (
                what.Live ? tx.Deliveries.OwedLanes(linkage.Id, null, cursor, max) : [],
                what.Replay && tx.Deliveries.OwedReplay(linkage.Id) is { } id ? tx.Deliveries.OwedLanes(linkage.Id, id, null, LaneScheduler.ReplayLanesMax) : [],
                what.Aside ? tx.Deliveries.AsideDue(linkage.Id, tx.Now, AsidesPerLook) : [],
                what.Aside ? tx.Deliveries.NextAsideAt(linkage.Id) : null,
                tx.Now),
            term.Ended);
        var units = asides.GroupBy(row => (row.Request, new Lane(row.Linkage, row.Chat, row.Replay)))
            .Select(unit => new Aside(unit.Key.Item2, [.. unit.Select(row => row.Id).Order()])).ToList();
        term.Lanes.Loaded(linkage, live, max, replay, units, next is { } at ? (at > now ? at - now : TimeSpan.Zero) : null);
    }

    private static partial class Log
    {
        [LoggerMessage(204, LogLevel.Warning, "This process does not deliver any more; it stands in line to deliver again.")]
        public static partial void TermEnded(ILogger logger);

        [LoggerMessage(205, LogLevel.Error, "It could not be found out what is owed; tried again in a second.")]
        public static partial void TermDelayed(ILogger logger, Exception error);

        [LoggerMessage(207, LogLevel.Error, "What is owed could not be looked up; tried again in a second.")]
        public static partial void LookDelayed(ILogger logger, Exception error);
    }
}
