using System.Net;
using Line;
using ModuleGateway.Control;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Attaching;

/// <summary>Gives a connection back to LINE seven days after its last linkage ended. A new linkage in between, or a new consent, and it stays.</summary>
/// <remarks>Since when it serves nobody stands on the account's row, so a restart changes nothing; several processes that look are harmless, LINE detaches once.</remarks>
internal sealed partial class UnlinkedWorker(
    IGatewayStore store, LineUpstream line, UpstreamChannels channels, Connections connections, RegistryFollower registry, LeavingWorker leaving, ConnectionWorker shown, StoreClock clock,
    ILogger<UnlinkedWorker> log) : BackgroundService
{
    private const int BatchMax = 64;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Who looks twice at once in one process would ask LINE twice.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Gives back what is due.</summary>
    /// <returns>How many connections were given back.</returns>
    public async Task<int> GiveBackDueAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var given = 0;
            foreach (var account in await DueAsync(cancellationToken))
                given += await IsStillDueAsync(account.Bot, cancellationToken) && await GiveBackAsync(account, cancellationToken) ? 1 : 0;
            return given;
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await GiveBackDueAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: what failed is due again in a minute.
            {
                Log.GivingBackDelayed(log, error);
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private Task<IReadOnlyList<AccountRow>> DueAsync(CancellationToken stoppingToken) => store.ReadAsync(tx => tx.Control.Unlinked(tx.Now - KeptFor, BatchMax), stoppingToken);

    /// <summary>Asked for each: LINE may have taken its time with the one before.</summary>
    private async Task<bool> IsStillDueAsync(BotId bot, CancellationToken stoppingToken)
    {
        await registry.FollowAsync(stoppingToken); // A linkage that was made a moment ago counts.
        return await store.ReadAsync(tx => tx.Control.Account(bot)?.UnlinkedSince <= tx.Now - KeptFor, stoppingToken);
    }

    private async Task<bool> GiveBackAsync(AccountRow account, CancellationToken stoppingToken)
    {
        if (channels.HasControl(account.Channel) && !await DetachAtLineAsync(account, stoppingToken))
            return false;

        // LINE asks for no more calls from here on; its own "detached" comes later and changes nothing more. What was heard since LINE was asked is the younger word.
        var isGiven = await store.WriteAsync(
            tx => tx.Control.Account(account.Bot)?.ConnectionAt == account.ConnectionAt
                && connections.Hear(tx, account.Bot, account.Channel, new ConnectionWord(ConnectionState.Detached, null)) is { Connection: ConnectionState.Detached },
            CancellationToken.None);
        if (!isGiven)
            return false;

        if (!channels.HasControl(account.Channel))
            await leaving.LeaveNowAsync(account.Channel);
        Log.GivenBack(log, account.Bot.ToString());
        await shown.PublishNowAsync(account.Bot);
        return true;
    }

    /// <returns>Whether LINE has it detached now.</returns>
    private async Task<bool> DetachAtLineAsync(AccountRow account, CancellationToken stoppingToken)
    {
        try
        {
            await line.Client(line.Tokens(account.Channel)!).Modules.DetachAsync(account.Bot, stoppingToken);
            return true;
        }
        catch (LineApiException refused) when (refused.Status == HttpStatusCode.BadRequest && refused.ErrorCode is null)
        {
            return true; // "Specified channel is not detachable": it was detached before.
        }
        catch (Exception error) when (error is LineApiException or HttpRequestException or IOException || (error is OperationCanceledException && !stoppingToken.IsCancellationRequested))
        {
            Log.NotGivenBack(log, error, account.Bot.ToString());
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(310, LogLevel.Information, "The connection to bot {Bot} served no linkage for seven days and was given back to LINE.")]
        public static partial void GivenBack(ILogger logger, string bot);

        [LoggerMessage(311, LogLevel.Warning, "LINE did not detach bot {Bot}; tried again in a minute.")]
        public static partial void NotGivenBack(ILogger logger, Exception error, string bot);

        [LoggerMessage(312, LogLevel.Error, "Connections that serve nobody could not be seen to; tried again in a minute.")]
        public static partial void GivingBackDelayed(ILogger logger, Exception error);
    }
}
