using ModuleGateway.Control;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Owned;

/// <summary>Takes away at LINE what an ended linkage left there: its aliases, audiences and menus, an hour after its end, so that no customer taps on a menu that nobody hears.</summary>
/// <remarks>
/// One thing of a bot a minute: LINE lets a hundred menus be deleted an hour, and the account's other modules delete too. A linkage that begins again in between
/// keeps what is still there. Coupons stay: customers have them. Several processes that look are harmless, LINE deletes once.
/// </remarks>
internal sealed partial class LeavingThings(IGatewayStore store, LineUpstream line, StoreClock clock, ILogger<LeavingThings> log) : BackgroundService
{
    private const int BotsAtOnce = 64;
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(10);

    /// <summary>To be called where a linkage's state changes, in the same transaction.</summary>
    public static void Follow(IGatewayTransaction tx, LinkageRow? before, LinkageRow after, DateTimeOffset now)
    {
        var (wasEnded, isEnded) = (before is null or { State: LinkageState.Ended }, after.State == LinkageState.Ended);
        if (isEnded && !wasEnded)
            Leave(tx, after.Id, now);
        if (wasEnded && !isEnded)
            tx.Things.LeaveAt(after.Id, null);
    }

    /// <summary>What this linkage, which has ended, has at LINE goes in an hour.</summary>
    public static void Leave(IGatewayTransaction tx, LinkageId linkage, DateTimeOffset now) => tx.Things.LeaveAt(linkage, now + KeptFor);

    /// <summary>Takes away one thing of each bot that has some due.</summary>
    /// <returns>How many are gone.</returns>
    public async Task<int> TakeAwayDueAsync(CancellationToken cancellationToken)
    {
        var gone = 0;
        foreach (var thing in await store.ReadAsync(tx => tx.Things.LeavingDue(tx.Now, BotsAtOnce), cancellationToken))
            gone += await TakeAwayAsync(thing, cancellationToken) ? 1 : 0;
        return gone;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TakeAwayDueAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: what failed is due again.
            {
                Log.TakingAwayDelayed(log, error);
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private async Task<bool> TakeAwayAsync(ThingRow thing, CancellationToken cancellationToken)
    {
        // An account that has left, or has come by another channel since, has nothing there that we could reach.
        var isReachable = await store.ReadAsync(tx => tx.Control.Account(thing.Key.Bot) is { Connection: ConnectionState.Attached } account && account.Channel == thing.Key.Channel, cancellationToken);
        var answer = isReachable ? await line.SendAsync(HttpMethod.Delete, PathOf(thing.Key), thing.Key.Channel, thing.Key.Bot, null, null, cancellationToken) : null;
        var isGone = answer is null or { Succeeded: true } or { Status: 400 or 404 };
        if (!isGone)
            Log.NotTakenAway(log, thing.Key.Kind.ToString(), thing.Key.Bot.ToString(), answer!.Status);

        await store.WriteAsync(
            tx =>
            {
                if (isGone)
                    tx.Things.Remove(thing.Key);
                else
                    tx.Things.LeaveAt(thing.Key, tx.Now + RetryAfter);
                return true;
            },
            CancellationToken.None);
        return isGone;
    }

    private static string PathOf(ThingKey key) => key.Kind switch
    {
        ThingKind.RichMenuAlias => "/v2/bot/richmenu/alias/" + key.Id,
        ThingKind.Audience => "/v2/bot/audienceGroup/" + key.Id,
        _ => "/v2/bot/richmenu/" + key.Id,
    };

    private static partial class Log
    {
        [LoggerMessage(603, LogLevel.Warning, "LINE did not delete a {Kind} that an ended linkage of bot {Bot} left (status {Status}); tried again in ten minutes.")]
        public static partial void NotTakenAway(ILogger logger, string kind, string bot, int status);

        [LoggerMessage(604, LogLevel.Error, "What ended linkages left at LINE could not be seen to; tried again in a minute.")]
        public static partial void TakingAwayDelayed(ILogger logger, Exception error);
    }
}
