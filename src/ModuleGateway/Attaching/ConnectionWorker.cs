using System.Data.Common;
using System.Threading.Channels;
using Line;
using Microsoft.EntityFrameworkCore;
using ModuleGateway.Routing;
using ModuleGateway.Store;

namespace ModuleGateway.Attaching;

/// <summary>Publishes connections that LINE's webhooks changed, and at the start whatever a crash left unpublished.</summary>
internal sealed partial class ConnectionWorker(ConnectionPublisher publisher, RoutingWorker routing, StoreClock clock, ILogger<ConnectionWorker> log) : BackgroundService
{
    private const int ChangedMax = 10_000; // More than that at once: the next start compares all.

    /// <summary>Null: any of them.</summary>
    private readonly Channel<BotId?> _changed = Channel.CreateBounded<BotId?>(new BoundedChannelOptions(ChangedMax) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Says that a connection's row in the registry may be behind. Cheap; safe from any thread.</summary>
    public void Changed(BotId bot) => _changed.Writer.TryWrite(bot);

    /// <summary>Shows a connection before the caller goes on; with a registry that is away, afterwards.</summary>
    public async Task PublishNowAsync(BotId bot)
    {
        routing.Wake(); // Events that came before the attach was completed wait for it.
        try
        {
            await publisher.PublishAsync(bot, CancellationToken.None);
        }
        catch (Exception error) when (IsAway(error))
        {
            // The account is attached, whatever the registry says: it is told when it is back.
            Log.RegistryAway(log, error);
            Changed(bot);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        routing.ConnectionChanged = Changed;
        routing.ConnectionsInDoubt = () => _changed.Writer.TryWrite(null);
        await PublishAsync(null, stoppingToken);
        await foreach (var changed in _changed.Reader.ReadAllAsync(stoppingToken))
            await PublishAsync(changed, stoppingToken);
    }

    private async Task PublishAsync(BotId? changed, CancellationToken stoppingToken)
    {
        try
        {
            await (changed is { } bot ? publisher.PublishAsync(bot, stoppingToken) : publisher.PublishAllAsync(stoppingToken));
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested) // The worker loop: it has its turn again behind the others, whatever it is that fails.
        {
            Log.RegistryAway(log, error);
            _changed.Writer.TryWrite(changed);
            await Task.Delay(TimeSpan.FromSeconds(2), clock, stoppingToken);
        }
    }

    private static bool IsAway(Exception error) => error is StoreUnavailableException or DbUpdateException or DbException or TimeoutException or InvalidOperationException { InnerException: DbException };

    private static partial class Log
    {
        [LoggerMessage(302, LogLevel.Warning, "A connection could not be read, or not be written to the registry; tried again in 2 s.")]
        public static partial void RegistryAway(ILogger logger, Exception error);
    }
}
