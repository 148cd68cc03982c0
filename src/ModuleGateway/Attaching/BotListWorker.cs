using Line;
using ModuleGateway.Control;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Attaching;

/// <summary>Holds our connections against LINE's own list, hourly, and heals what no webhook told: attached there and not here, attached here and not there.</summary>
/// <remarks>
/// A list is as old as its first page. What is younger, by our own eyes or LINE's webhook, stands; so a list that was on its way with an attach does not undo it,
/// and several processes that compare are harmless. LINE's list tells no scopes: see <see cref="Connections"/>. A suspended account is left alone:
/// LINE does not say whether it is listed. An account on its own channel is no matter of this list, unless the Module Channel was attached to it meanwhile.
/// </remarks>
internal sealed partial class BotListWorker(
    IGatewayStore store, LineUpstream line, UpstreamChannels channels, Connections connections, ConnectionWorker shown, StoreClock clock, ILogger<BotListWorker> log) : BackgroundService
{
    private const int PagesMax = 10_000; // A million accounts: more pages than that are a list that goes round in a circle.
    private static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>LINE's list may follow an attach or a detach with a time lag, as its reference says of detach; the next hour's list will have it.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(10);

    /// <summary>One comparison.</summary>
    /// <returns>How many connections were healed; null when the list could not be read to its end: then nothing is changed.</returns>
    public async Task<int?> CompareAsync(CancellationToken cancellationToken)
    {
        var saidAt = await store.ReadAsync(tx => tx.Now, cancellationToken) - Lag;
        if (await ListAsync(cancellationToken) is not { } listed)
            return null;

        var here = (await store.ReadAsync(tx => tx.Control.Accounts(), cancellationToken)).ToDictionary(account => account.Bot);
        var healed = 0;
        foreach (var bot in listed.Where(bot => !IsAttached(here.GetValueOrDefault(bot))))
            healed += await HealAsync(bot, new ConnectionWord(ConnectionState.Attached, saidAt), cancellationToken);
        foreach (var bot in here.Values.Where(account => account.Connection == ConnectionState.Attached && account.Channel == channels.Module.Id && !listed.Contains(account.Bot)).Select(account => account.Bot))
            healed += await HealAsync(bot, new ConnectionWord(ConnectionState.Detached, saidAt), cancellationToken);
        return healed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = FirstAfter;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(pause, clock, stoppingToken);
            pause = Interval;
            try
            {
                await CompareAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: the next hour compares again.
            {
                Log.NotCompared(log, error);
            }
        }
    }

    private bool IsAttached(AccountRow? account) => account is { Connection: not ConnectionState.Detached } && account.Channel == channels.Module.Id;

    private async Task<HashSet<BotId>?> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            var client = line.Client(line.Tokens(channels.Module.Id)!).Modules;
            var bots = new HashSet<BotId>();
            string? next = null;
            for (var pages = 0; pages < PagesMax; pages++)
            {
                var page = await client.GetBotsAsync(next, ModuleClient.PageSizeMax, cancellationToken);
                bots.UnionWith(page.Items.Select(bot => bot.Bot));
                if (page.Next is null)
                    return bots;

                next = page.Next;
            }

            Log.Endless(log, PagesMax);
        }
        catch (Exception error) when (error is LineApiException or HttpRequestException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.NotListed(log, error);
        }

        return null;
    }

    /// <summary>Takes LINE's list at its word for one bot, unless something younger is known.</summary>
    private async Task<int> HealAsync(BotId bot, ConnectionWord word, CancellationToken cancellationToken)
    {
        var isHealed = await store.WriteAsync(
            tx =>
            {
                var before = tx.Control.Account(bot);
                var after = connections.Hear(tx, bot, channels.Module.Id, word);
                return after is not null && (before?.Connection != after.Connection || before.Channel != after.Channel);
            },
            cancellationToken);
        if (!isHealed)
            return 0;

        Log.Healed(log, bot.ToString(), word.State.ToString());
        await shown.PublishNowAsync(bot);
        return 1;
    }

    private static partial class Log
    {
        [LoggerMessage(306, LogLevel.Warning, "LINE's list of bots could not be read to its end; nothing is changed by it.")]
        public static partial void NotListed(ILogger logger, Exception error);

        [LoggerMessage(307, LogLevel.Warning, "LINE's list of bots has more than {Pages} pages; nothing is changed by it.")]
        public static partial void Endless(ILogger logger, int pages);

        [LoggerMessage(308, LogLevel.Warning, "By LINE's list bot {Bot} is {State}: no webhook had told.")]
        public static partial void Healed(ILogger logger, string bot, string state);

        [LoggerMessage(309, LogLevel.Error, "The connections could not be held against LINE's list; the next hour does it again.")]
        public static partial void NotCompared(ILogger logger, Exception error);
    }
}
