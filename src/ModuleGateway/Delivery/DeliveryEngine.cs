using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ModuleGateway.Journal;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Delivery;

/// <summary>Brings what is owed to the modules: in order within a lane, lanes side by side, so many at once per module.</summary>
/// <remarks>
/// A lane at work takes one turn at a time (the events of one request), then stands at the end of its module's queue: a busy chat holds up
/// no other. What fails is tried again later and nothing in its lane overtakes it. All that a lane owes lies in the store; memory holds
/// only which lanes are at work. Of several processes one delivers at a time: two would each believe their own order.
/// </remarks>
internal sealed partial class DeliveryEngine(
    IGatewayStore store, GatewayState state, DeliveryComposer composer, ModuleSender sender, OutcomeWriter outcomes, IOptions<DeliveryOptions> options, StoreClock clock, ILogger<DeliveryEngine> log)
    : BackgroundService
{
    private const int TurnMax = 64; // Events looked at in one turn.
    private static readonly TimeSpan TermDelay = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<Lane, LaneState> _lanes = [];
    private readonly ConcurrentDictionary<ModuleId, ModuleQueue> _queues = new();
    private TaskCompletionSource? _resting;
    private DeliveryTerm? _term;

    /// <summary>Called with each attempt: to whom, what, how it ended, and the body that was sent.</summary>
    public Action<LinkedModule, IReadOnlyList<Owed>, Attempt, byte[]>? Attempted { get; set; }

    /// <summary>Starts or reminds these lanes, if this process is the one that delivers. Cheap and safe from any thread.</summary>
    public void Wake(IReadOnlyCollection<Lane> lanes)
    {
        foreach (var lane in lanes)
        {
            LaneState? started = null;
            lock (_gate)
            {
                if (_term is not { } term)
                    return;
                if (_lanes.TryGetValue(lane, out var current))
                    current.HasMore = true;
                else
                    _lanes.Add(lane, started = new LaneState(lane, term));
            }

            if (started is not null)
                Enqueue(started);
        }
    }

    /// <summary>Completes when no lane is at work: nothing is owed that the engine knows of, and every outcome is recorded.</summary>
    public Task RestingAsync()
    {
        lock (_gate)
            return _lanes.Count == 0 ? Task.CompletedTask : (_resting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    public override void Dispose()
    {
        EndTerm();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        store.OnOwed = Wake;
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
            catch (StoreUnavailableException error)
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
        lock (_gate)
            _term = new DeliveryTerm(role, lastId, ended);

        // Only now: what is committed from here on wakes its lane by itself.
        Wake(await store.ReadAsync(tx => tx.Deliveries.OwedLanes(), ended));
        await Task.Delay(Timeout.InfiniteTimeSpan, ended);
    }

    private void EndTerm()
    {
        lock (_gate)
        {
            _term = null;
            foreach (var lane in _lanes.Values)
                lane.Waiting?.Dispose();
            _lanes.Clear();
            _resting?.TrySetResult();
            _resting = null;
        }
    }

    private void Enqueue(LaneState lane)
    {
        if (!lane.Term.IsRunning)
            return;
        if (state.Snapshot.Linkages.GetValueOrDefault(lane.Lane.Linkage) is not { } linked)
        {
            // The registry is still being read, or the linkage is new to this process: look again soon.
            Wait(lane, TimeSpan.FromSeconds(1));
            return;
        }

        _queues.GetOrAdd(linked.Module.Id, _ => new ModuleQueue(options.Value.InFlightPerModuleMax)).Add(lane, TakeTurnAsync);
    }

    private async Task TakeTurnAsync(LaneState lane)
    {
        try
        {
            await TurnAsync(lane);
        }
        catch (OperationCanceledException) when (lane.Term.Ended.IsCancellationRequested)
        {
            // The process ends, or another delivers now; what is owed is in the store.
        }
        catch (Exception error) // The worker loop: one lane's bug must not stop its module's others.
        {
            Log.LaneFailed(log, error, lane.Lane.Linkage.Value);
            Wait(lane, TimeSpan.FromSeconds(5));
        }
    }

    private async Task TurnAsync(LaneState lane)
    {
        var (owed, now) = await store.ReadAsync(
            tx => (tx.Deliveries.Owed(lane.Lane, lane.DoneId, TurnMax).Select(row => composer.Read(tx, row)).ToList(), tx.Now), lane.Term.Ended);
        if (owed.Count == 0)
        {
            await lane.Recorded;
            Rest(lane);
            return;
        }

        if (owed[0].Delivery.NextAttemptAt is { } due && due > now)
        {
            Wait(lane, due - now);
            return;
        }

        var request = owed[0].Delivery.Request;
        var batch = lane.Lane.Chat is null ? owed[..1] : owed.TakeWhile(one => one.Delivery.Request == request).ToList();
        if (state.Snapshot.Linkages.GetValueOrDefault(lane.Lane.Linkage) is not { } linked)
        {
            Wait(lane, TimeSpan.FromSeconds(1));
            return;
        }

        if (lane.Term.IsRunning)
            await AttemptAsync(lane, linked, batch);
    }

    private async Task AttemptAsync(LaneState lane, LinkedModule linked, List<Owed> batch)
    {
        var first = batch[0].Delivery;
        var isRedelivery = first.Attempts > 0 || first.Id <= Math.Max(lane.Term.LastIdBefore, lane.TriedId);
        lane.TriedId = batch[^1].Delivery.Id;
        var body = composer.Compose(linked, batch, isRedelivery);
        var attempt = await sender.SendAsync(linked, body, first.Id, first.Attempts + 1, lane.Term.Ended);
        TimeSpan? wait = attempt.Succeeded ? null : options.Value.DelayAfter(first.Attempts + 1);
        var after = attempt.Succeeded ? DeliveryState.Delivered : DeliveryState.Owed;
        var recorded = outcomes.WriteAsync(batch.ConvertAll(one => new AttemptEnd(one.Delivery.Id, attempt, after, wait) { FailingSince = one.Delivery.FailingSince, Bot = linked.Row.Bot }), lane.Term.Ended);
        Attempted?.Invoke(linked, batch, attempt, body);

        if (!attempt.Succeeded)
        {
            await recorded; // The next turn reads the count of attempts and the time of the next from the store.
            Log.AttemptFailed(log, linked.Module.Name, first.Id, first.Attempts + 1, attempt.Error ?? "", attempt.Status);
            Wait(lane, wait!.Value);
            return;
        }

        // Not awaited: the lane goes on by its own memory of what is done, and rests when the store knows it too.
        lane.DoneId = batch[^1].Delivery.Id;
        lane.Recorded = Task.WhenAll(lane.Recorded, recorded);
        Enqueue(lane);
    }

    private void Wait(LaneState lane, TimeSpan wait)
    {
        lock (_gate)
        {
            if (!lane.Term.IsRunning)
                return; // Its timer would outlive the term.
            lane.Waiting?.Dispose();
            lane.Waiting = clock.CreateTimer(_ => Enqueue(lane), null, wait, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Takes the lane away, unless something came while it looked.</summary>
    private void Rest(LaneState lane)
    {
        lock (_gate)
        {
            if (_lanes.GetValueOrDefault(lane.Lane) != lane)
                return; // Of a term that ended.
            if (!lane.HasMore)
            {
                _lanes.Remove(lane.Lane);
                lane.Waiting?.Dispose();
                if (_lanes.Count == 0)
                {
                    _resting?.SetResult();
                    _resting = null;
                }

                return;
            }

            lane.HasMore = false;
        }

        Enqueue(lane);
    }

    private static partial class Log
    {
        [LoggerMessage(201, LogLevel.Warning, "Delivery {DeliveryId} to {Module}: attempt {Attempt} failed ({Error}, status {Status}).")]
        public static partial void AttemptFailed(ILogger logger, string module, long deliveryId, int attempt, string error, int status);

        [LoggerMessage(202, LogLevel.Error, "A lane of linkage {LinkageId} failed; it is taken up again in 5 s.")]
        public static partial void LaneFailed(ILogger logger, Exception error, Guid linkageId);

        [LoggerMessage(204, LogLevel.Warning, "This process does not deliver any more; it stands in line to deliver again.")]
        public static partial void TermEnded(ILogger logger);

        [LoggerMessage(205, LogLevel.Error, "It could not be found out what is owed; tried again in a second.")]
        public static partial void TermDelayed(ILogger logger, Exception error);

    }
}
