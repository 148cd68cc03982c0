using ModuleGateway.Store;

namespace ModuleGateway.Upstream;

/// <summary>Sees that a channel which another process added, changed or removed is known here a second later.</summary>
internal sealed partial class ChannelFollower(UpstreamChannels channels, StoreClock clock, ILogger<ChannelFollower> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, clock, stoppingToken);
            try
            {
                await channels.RefreshAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: what is known goes on holding.
            {
                Log.ChannelsNotRead(log, error);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(701, LogLevel.Warning, "The channels could not be read again; those that are known go on holding.")]
        public static partial void ChannelsNotRead(ILogger logger, Exception error);
    }
}
