using System.Threading.Channels;
using Line;
using ModuleGateway.Journal;
using ModuleGateway.Store;

namespace ModuleGateway.Routing;

/// <summary>Routes what the journal accepted, batch by batch, as long as something waits.</summary>
internal sealed partial class RoutingWorker(IGatewayStore store, EventRouter router, StoreClock clock, ILogger<RoutingWorker> log) : BackgroundService
{
    private const int BatchMax = 256;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Called when LINE's webhook changed what holds of a connection.</summary>
    public Action<BotId>? ConnectionChanged { get; set; }

    /// <summary>Called with each event of a chat once its routing holds.</summary>
    public Action<RoutedInChat>? RoutedInChat { get; set; }

    /// <summary>Says that something was accepted. Cheap; many calls are as one.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Wake(); // What was accepted before the last stop.
        var hasFailed = false;
        await foreach (var _ in _wake.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                if (hasFailed)
                    await RouteSinglyAsync(stoppingToken);
                hasFailed = false;
                while (await RouteBatchAsync(BatchMax, stoppingToken) == BatchMax)
                {
                }
            }
            catch (StoreUnavailableException error)
            {
                Log.RoutingDelayed(log, error);
                await Task.Delay(RetryDelay, clock, stoppingToken);
                Wake();
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: one event's bug must not stop all others.
            {
                Log.RoutingFailed(log, error);
                hasFailed = true; // Looked for in the next round and not here: the store may be away then too.
                Wake();
            }
        }
    }

    /// <summary>Finds the event on which a batch failed, and sets it aside.</summary>
    private async Task RouteSinglyAsync(CancellationToken stoppingToken)
    {
        for (var taken = 0; taken < BatchMax; taken++)
        {
            try
            {
                if (await RouteBatchAsync(1, stoppingToken) == 0)
                    return;
            }
            catch (Exception error) when (error is not (OperationCanceledException or StoreUnavailableException))
            {
                var seq = await store.WriteAsync(
                    tx =>
                    {
                        var stuck = tx.Events.Accepted(1)[0];
                        tx.Events.Mark(stuck.Seq, EventState.SetAside);
                        return stuck.Seq;
                    },
                    stoppingToken);
                Log.SetAside(log, error, seq);
                return;
            }
        }
    }

    private async Task<int> RouteBatchAsync(int max, CancellationToken stoppingToken)
    {
        var batch = await store.WriteAsync(tx => router.Route(tx, max, clock.GetUtcNow()), stoppingToken);
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

        [LoggerMessage(404, LogLevel.Error, "A batch could not be routed; its events are routed one by one.")]
        public static partial void RoutingFailed(ILogger logger, Exception error);

        [LoggerMessage(403, LogLevel.Error, "Event {Seq} could not be routed and was set aside; it is listed among the unroutable ones.")]
        public static partial void SetAside(ILogger logger, Exception error, long seq);
    }
}
