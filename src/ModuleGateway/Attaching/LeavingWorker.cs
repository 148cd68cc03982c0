using Line;
using ModuleGateway.Store;
using ModuleGateway.Upstream;

namespace ModuleGateway.Attaching;

/// <summary>Gives the webhooks of channels that leave back to whom they went before, until LINE agrees; then forgets the channel.</summary>
/// <remarks>What it owes lies in the store and survives the process. An address that somebody changed at LINE meanwhile is left alone.</remarks>
internal sealed partial class LeavingWorker(IGatewayStore store, LineUpstream line, UpstreamChannels channels, OwnChannelEndpoint endpoint, StoreClock clock, ILogger<LeavingWorker> log) : BackgroundService
{
    private const int BatchMax = 64;
    private const int AttemptsMax = 200; // At an hour at most between them: a week and more.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DelayMax = TimeSpan.FromHours(1);

    /// <summary>Longer than the calls of one try: no other process runs it meanwhile.</summary>
    private static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(3);

    /// <summary>One try at once, for somebody who waits; what fails is tried again in the background.</summary>
    public async Task LeaveNowAsync(ChannelId id)
    {
        var row = await store.WriteAsync(tx => tx.TakeOwnChannel(id) is { LeaveDueAt: { } due } found && due <= tx.Now ? Claim(tx, found) : null, CancellationToken.None);
        if (row is not null)
            await LeaveAsync(row, CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var due in await store.ReadAsync(tx => tx.OwnChannels.LeavingDue(tx.Now, BatchMax), stoppingToken))
                {
                    var claimed = await store.WriteAsync(tx => tx.TakeOwnChannel(due.Id) is { } row && row.LeaveDueAt == due.LeaveDueAt ? Claim(tx, row) : null, stoppingToken);
                    if (claimed is not null)
                        await LeaveAsync(claimed, stoppingToken);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: what failed stays due.
            {
                Log.LeavingDelayed(log, error);
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private static OwnChannelRow Claim(IGatewayTransaction tx, OwnChannelRow row)
    {
        var claimed = row with { LeaveDueAt = tx.Now + ClaimTime };
        tx.OwnChannels.Put(claimed);
        return claimed;
    }

    private async Task LeaveAsync(OwnChannelRow row, CancellationToken cancellationToken)
    {
        var channel = line.Client(line.TokensFor(row.Id, channels.Unseal(row.SealedSecret))).Channel;
        var (fault, _) = await OwnChannelEndpoint.AskAsync(
            async () =>
            {
                var now = await channel.GetWebhookEndpointAsync(cancellationToken);
                if (row.EndpointBefore is { } before && now?.Address == endpoint.OursFor(row.Id))
                    await channel.SetWebhookEndpointAsync(before, cancellationToken);
                return true;
            },
            OwnChannelFault.AddressRefused, cancellationToken);
        var isOver = fault != OwnChannelFault.LineAway || row.LeaveAttempts + 1 >= AttemptsMax;
        if (fault is { } said)
            Log.NotGivenBack(log, row.Id.ToString(), said.ToString(), isOver ? "given up" : "tried again");

        await store.WriteAsync(
            tx =>
            {
                if (tx.TakeOwnChannel(row.Id) is not { } still || still.LeaveDueAt != row.LeaveDueAt)
                    return false; // Connected again meanwhile.

                if (isOver)
                    tx.OwnChannels.Remove(row.Id);
                else
                    tx.OwnChannels.Put(still with { LeaveDueAt = tx.Now + Delay(row.LeaveAttempts), LeaveAttempts = row.LeaveAttempts + 1 });
                return true;
            },
            CancellationToken.None);
        await channels.RefreshAsync(CancellationToken.None);
    }

    private static TimeSpan Delay(int attempts) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempts + 1), DelayMax.TotalSeconds));

    private static partial class Log
    {
        [LoggerMessage(304, LogLevel.Warning, "The webhooks of channel {Channel} could not be given back at LINE: {Fault}; {Then}.")]
        public static partial void NotGivenBack(ILogger logger, string channel, string fault, string then);

        [LoggerMessage(305, LogLevel.Error, "Channels that leave could not be seen to; tried again in a second.")]
        public static partial void LeavingDelayed(ILogger logger, Exception error);
    }
}
