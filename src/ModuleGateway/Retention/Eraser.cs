using Line;
using Microsoft.EntityFrameworkCore;
using ModuleGateway.Control;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Retention;

/// <summary>Forgets a customer of one account, an ended linkage, an account, an organisation: bodies, ids, control rows, answers, deliveries.</summary>
/// <remarks>
/// Small steps over the whole journal, so that nobody who writes waits long; each may be done twice, so whoever asks again after a failure loses nothing.
/// What it met when it began is erased; a customer who writes again afterwards is met anew. What is counted for bills stays: it names nobody.
/// </remarks>
internal sealed partial class Eraser(
    IGatewayStore store, EventJournal journal, IdEraser ids, UndeliveredCounter undelivered, RegistryFollower follower, IServiceScopeFactory scopes, ILogger<Eraser> log)
{
    /// <summary>Places in the journal that one step looks at.</summary>
    private const int StretchLength = 1000;

    /// <summary>Forgets a customer: the chat with the account, and every event that names this user, in groups too.</summary>
    public async Task<Erasure> EraseCustomerAsync(BotId bot, UpstreamId user, CancellationToken cancellationToken)
    {
        var chat = new ChatKey(bot, user.Kind, user.Bits);
        var isKnown = await store.WriteAsync(
            tx =>
            {
                var found = tx.Control.Account(bot) is not null && tx.Control.Known(bot, user.Kind, user.Bits) is not null;
                tx.Erasure.RemoveTraces(chat);
                return found;
            },
            cancellationToken);

        var done = new Erasure.Done(0, 0);
        foreach (var stretch in await StretchesAsync(cancellationToken))
        {
            var (named, hasDeliveries) = await store.ReadAsync(tx => (tx.Erasure.Events(bot, stretch).Where(row => Names(row, user)).ToList(), tx.Erasure.HasDeliveries(chat, stretch)), cancellationToken);
            if (named.Count > 0 || hasDeliveries)
                done += await store.WriteAsync(tx => Erase(tx, chat, named, stretch), cancellationToken);
        }

        if (!isKnown && done == new Erasure.Done(0, 0))
            return new Erasure.Unknown();

        await EndAsync(cancellationToken);
        Log.CustomerErased(log, bot.ToString(), done.Events, done.Deliveries);
        return done;
    }

    /// <summary>Forgets a linkage that has ended.</summary>
    public async Task<Erasure> EraseLinkageAsync(LinkageId linkage, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(tx => tx.Control.Linkage(linkage), cancellationToken) is not { } row)
            return new Erasure.Unknown();
        if (row.State != LinkageState.Ended)
            return new Erasure.StillInUse($"Linkage {linkage.Value} has not ended: end it first, or have its ids erased alone.");

        await ids.EraseAsync(linkage, cancellationToken);
        await store.WriteAsync(
            tx =>
            {
                tx.Erasure.RemoveTraces(linkage);
                return true;
            },
            cancellationToken);
        var done = new Erasure.Done(0, 0);
        foreach (var stretch in await StretchesAsync(cancellationToken))
            done += new Erasure.Done(0, await store.WriteAsync(tx => tx.Erasure.RemoveDeliveries(row.Bot, linkage, stretch), cancellationToken));
        await EndAsync(cancellationToken);
        Log.LinkageErased(log, linkage.Value, done.Deliveries);
        return done;
    }

    /// <summary>Forgets an account that is not connected any more.</summary>
    public async Task<Erasure> EraseAccountAsync(BotId bot, CancellationToken cancellationToken)
    {
        var (account, linkages) = await store.ReadAsync(tx => (tx.Control.Account(bot), tx.Control.LinkagesOf(bot)), cancellationToken);
        if (account is null && linkages.Count == 0)
            return new Erasure.Unknown();
        if (account is not null and not { Connection: ConnectionState.Detached } || linkages.Any(row => row.State != LinkageState.Ended))
            return new Erasure.StillInUse($"Account {bot} is still connected, or a module is still linked to it: end its linkages and detach it first.");

        var done = new Erasure.Done(0, 0);
        foreach (var linkage in linkages)
            done += await EraseLinkageAsync(linkage.Id, cancellationToken) as Erasure.Done ?? new Erasure.Done(0, 0);
        foreach (var stretch in await StretchesAsync(cancellationToken))
            done += new Erasure.Done(await store.WriteAsync(tx => tx.Erasure.RemoveEvents(bot, stretch), cancellationToken), 0);
        while (await store.WriteAsync(tx => RemoveChats(tx, bot), cancellationToken) > 0)
        {
        }

        await store.WriteAsync(
            tx =>
            {
                _ = tx.Control.Account(bot);
                tx.Erasure.RemoveTraces(bot);
                return true;
            },
            cancellationToken);
        await EndAsync(cancellationToken);
        Log.AccountErased(log, bot.ToString(), done.Events, done.Deliveries);
        return done;
    }

    /// <summary>Forgets an organisation: its accounts, and the linkages of its modules on whosever accounts.</summary>
    public async Task<Erasure> EraseOrganisationAsync(TenantId organisation, CancellationToken cancellationToken)
    {
        await follower.FollowAsync(cancellationToken); // What the registry has ended is ended here.
        var (bots, modules) = await OfAsync(organisation, cancellationToken);
        if (bots.Count == 0 && modules.Count == 0)
            return new Erasure.Unknown();

        var linkages = await store.ReadAsync(tx => modules.SelectMany(tx.Control.LinkagesOf).ToList(), cancellationToken);
        if (linkages.Find(row => row.State != LinkageState.Ended) is { } going)
            return new Erasure.StillInUse($"A module of this organisation is still linked (linkage {going.Id.Value}): end it first.");

        var done = new Erasure.Done(0, 0);
        foreach (var bot in bots)
        {
            var erased = await EraseAccountAsync(bot, cancellationToken);
            if (erased is Erasure.StillInUse)
                return erased;
            done += erased as Erasure.Done ?? new Erasure.Done(0, 0);
        }

        foreach (var linkage in linkages)
            done += await EraseLinkageAsync(linkage.Id, cancellationToken) as Erasure.Done ?? new Erasure.Done(0, 0);
        return done;
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        await undelivered.CountAsync(cancellationToken); // What was still owed has gone unseen by those who count in passing.
        await store.ForgetDeletedAsync(cancellationToken);
    }

    private static int RemoveChats(IGatewayTransaction tx, BotId bot)
    {
        _ = tx.Control.Account(bot);
        return tx.Erasure.RemoveChats(bot, StretchLength);
    }

    private Erasure.Done Erase(IGatewayTransaction tx, ChatKey chat, List<EventRow> named, Stretch stretch)
    {
        var linkages = tx.Control.Account(chat.Bot) is null ? [] : tx.Control.LinkagesOf(chat.Bot);
        foreach (var row in named)
        {
            if (ReceivedMessages.DownloadOf(journal.Open(row)) is { } download)
            {
                foreach (var linkage in linkages)
                    tx.Received.Remove(linkage.Id, download);
            }

            tx.Erasure.Erase(row);
        }

        return new Erasure.Done(named.Count, tx.Erasure.RemoveDeliveries(chat, stretch));
    }

    private bool Names(EventRow row, UpstreamId user)
    {
        if (row.IsBlank)
            return false;

        var named = new List<UpstreamId>();
        EventIds.Collect(journal.Open(row), row.Bot, named);
        return named.Exists(id => id.Kind == user.Kind && id.Bits == user.Bits);
    }

    private async Task<IEnumerable<Stretch>> StretchesAsync(CancellationToken cancellationToken)
    {
        var (first, last) = await store.ReadAsync(tx => (tx.Events.FirstSeq(), tx.Events.LastSeq()), cancellationToken);
        return Until(first - 1, last);

        static IEnumerable<Stretch> Until(long after, long last)
        {
            for (; after < last; after += StretchLength)
                yield return new Stretch(after, Math.Min(after + StretchLength, last));
        }
    }

    private async Task<(List<BotId> Bots, List<ModuleId> Modules)> OfAsync(TenantId organisation, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("The operator erases an organisation that he named.");
        var db = scope.ServiceProvider.GetRequiredService<RegistryDb>();
        return (
            await db.OfficialAccounts.Where(row => row.TenantId == organisation).Select(row => row.BotId).ToListAsync(cancellationToken),
            await db.Modules.Where(row => row.TenantId == organisation).Select(row => row.Id).ToListAsync(cancellationToken));
    }

    private static partial class Log
    {
        [LoggerMessage(1103, LogLevel.Warning, "A customer of bot {Bot} was erased: {Events} events, {Deliveries} deliveries.")]
        public static partial void CustomerErased(ILogger logger, string bot, long events, long deliveries);

        [LoggerMessage(1104, LogLevel.Warning, "Linkage {Linkage} was erased: {Deliveries} deliveries.")]
        public static partial void LinkageErased(ILogger logger, Guid linkage, long deliveries);

        [LoggerMessage(1105, LogLevel.Warning, "Account {Bot} was erased: {Events} events, {Deliveries} deliveries.")]
        public static partial void AccountErased(ILogger logger, string bot, long events, long deliveries);
    }
}
