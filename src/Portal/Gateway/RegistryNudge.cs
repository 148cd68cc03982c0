using System.Threading.Channels;
using Portal.Frame.Mediation;

namespace Portal.Gateway;

/// <summary>After a change of the registry: tells the gateway to look, without making the person who changed it wait.</summary>
/// <remarks>
/// One nudge waits at most; more of them mean the same and are dropped. A nudge that fails is logged and harmless:
/// the gateway finds the change by itself at its next look.
/// </remarks>
public sealed partial class RegistryNudge(IServiceScopeFactory scopes, ILogger<RegistryNudge> logger) : BackgroundService
{
    private readonly Channel<bool> _due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Call it after the save: within a command it waits for the commit. Does not wait itself and does not fail.</summary>
    public void Due() => RequestRun.AfterCommit(() => _due.Writer.TryWrite(true));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _due.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<GatewayClient>().NudgeAsync(stoppingToken);
            }
            catch (GatewayUnavailableException outage)
            {
                Log.NotTold(logger, outage.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4101, LogLevel.Warning, "The gateway was not told of a registry change and will find it by itself: {Reason}")]
        public static partial void NotTold(ILogger logger, string reason);
    }
}
