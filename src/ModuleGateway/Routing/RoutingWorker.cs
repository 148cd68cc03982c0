using System.Threading.Channels;
using Line;
using ModuleGateway.Store;

namespace ModuleGateway.Routing;

/// <summary>Routes what the journal accepted, batch by batch, as long as something waits.</summary>
internal sealed partial class RoutingWorker(IGatewayStore store, EventRouter router, TimeProvider clock, ILogger<RoutingWorker> log) : BackgroundService
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
        await foreach (var _ in _wake.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                while (await RouteBatchAsync(stoppingToken) == BatchMax)
                {
                }
            }
            catch (StoreUnavailableException error)
            {
                Log.RoutingDelayed(log, error);
                await Task.Delay(RetryDelay, clock, stoppingToken);
                Wake();
            }
        }
    }

    private async Task<int> RouteBatchAsync(CancellationToken stoppingToken)
    {
        var batch = await store.WriteAsync(tx => router.Route(tx, BatchMax, clock.GetUtcNow()), stoppingToken);
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
    }
}
