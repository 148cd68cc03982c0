using System.Threading.Channels;
using Line;
using ModuleGateway.Journal;
using ModuleGateway.Store;

namespace ModuleGateway.Routing;

/// <summary>Routes what the journal accepted, batch by batch, as long as something waits.</summary>
internal sealed partial class RoutingWorker(IGatewayStore store, EventRouter router, StoreClock clock, ILogger<RoutingWorker> log) : BackgroundService
{
    private const int BatchMax = 64;

    /// <summary>While others wait for the store: webhooks are answered and control moves meanwhile, and what waits here is safe.</summary>
    private const int BatchMaxAmongOthers = 16;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Called when LINE's webhook changed what holds of a connection.</summary>
    public Action<BotId>? ConnectionChanged { get; set; }

    /// <summary>Called when connections may have changed and nobody can say which: whether the store kept a batch was lost.</summary>
    public Action? ConnectionsInDoubt { get; set; }

    /// <summary>Called with each event of a chat once its routing holds.</summary>
    public Action<RoutedInChat>? RoutedInChat { get; set; }

    /// <summary>Called with the number of events of each batch once its routing holds.</summary>
    public Action<int>? Routed { get; set; }

    /// <summary>Says that something was accepted. Cheap; many calls are as one.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Wake(); // What was accepted before the last stop.
        var suspects = new HashSet<long>(); // Several at a time: accounts take turns, and so do their faults.
        while (!stoppingToken.IsCancellationRequested)
        {
            await WaitAsync(stoppingToken);
            try
            {
                while (await RouteBatchAsync(stoppingToken) > 0)
                {
                }
            }
            catch (StoreUnavailableException error)
            {
                Log.RoutingDelayed(log, error);
                if (error.IsUnknown)
                    ConnectionsInDoubt?.Invoke();
                await Task.Delay(RetryDelay, clock, stoppingToken);
                Wake();
            }
            catch (EventFaultException fault)
            {
                // The worker loop: one event's bug must not stop all others. Twice the same one, and it steps aside.
                if (!suspects.Add(fault.Seq) && await SetAsideAsync(fault, stoppingToken))
                    suspects.Remove(fault.Seq);
                Wake();
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: whatever else it is, the next round looks again.
            {
                Log.RoutingFailed(log, error);
            }
        }
    }

    /// <summary>Until something was accepted here, or for a while: what another process accepted and did not live to route must not wait for an event of ours.</summary>
    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var pause = new CancellationTokenSource(LookEvery, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, stoppingToken);
        try
        {
            await _wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // Nothing was accepted here: look anyway.
        }
    }

    /// <returns>False: the store did not keep it.</returns>
    private async Task<bool> SetAsideAsync(EventFaultException fault, CancellationToken stoppingToken)
    {
        try
        {
            await store.WriteAsync(
                tx =>
                {
                    if (tx.Events.Find(fault.Seq) is not { State: EventState.Accepted } row)
                        return false; // Another process could route it.

                    _ = tx.Control.Account(row.Bot); // The bot's order: whoever is routing it now is waited for.
                    if (tx.Events.Find(fault.Seq) is { State: EventState.Accepted } still)
                        tx.Events.Mark(still, EventState.SetAside);
                    return true;
                },
                stoppingToken);
            Log.SetAside(log, fault, fault.Seq);
            return true;
        }
        catch (StoreUnavailableException error)
        {
            Log.RoutingDelayed(log, error);
            return false;
        }
    }

    private async Task<int> RouteBatchAsync(CancellationToken stoppingToken)
    {
        var batch = await store.WriteAsync(tx => router.Route(tx, tx.OthersWait ? BatchMaxAmongOthers : BatchMax), stoppingToken);
        Routed?.Invoke(batch.Count);
        foreach (var bot in batch.Reconnected)
            ConnectionChanged?.Invoke(bot);
        if (batch.Reconnected.Count > 0)
            Wake(); // A connection that begins gives back what came before it.
        foreach (var routed in batch.InChats)
            RoutedInChat?.Invoke(routed);
        return batch.Count;
    }

    private static partial class Log
    {
        [LoggerMessage(401, LogLevel.Error, "The store did not keep a routing decision; it is made again in a second.")]
        public static partial void RoutingDelayed(ILogger logger, Exception error);

        [LoggerMessage(404, LogLevel.Error, "A batch could not be routed; it is tried again.")]
        public static partial void RoutingFailed(ILogger logger, Exception error);

        [LoggerMessage(403, LogLevel.Error, "Event {Seq} could not be routed and was set aside; it is listed among the unroutable ones.")]
        public static partial void SetAside(ILogger logger, Exception error, long seq);
    }
}
