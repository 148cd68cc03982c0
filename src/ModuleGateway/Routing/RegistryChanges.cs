using System.Security.Cryptography;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Owned;
using ModuleGateway.Security;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Routing;

/// <summary>What changed in the registry since a revision.</summary>
/// <param name="ExpireSilently">Of the modules that changed or whose linkages did: those that want no word when a hold runs out.</param>
internal sealed record RegistryChanges(
    long Revision, IReadOnlyList<Linkage> Linkages, IReadOnlyList<OfficialAccount> Accounts, IReadOnlyList<Module> Modules, IReadOnlySet<ModuleId> ExpireSilently)
{
    /// <summary>Of the linkages that changed: what the plan of now lets through. Whoever puts a subscription on another plan changes its linkage too.</summary>
    public IReadOnlyDictionary<LinkageId, int> MessagesPerMonthMax { get; init; } = new Dictionary<LinkageId, int>();
}

/// <summary>Takes the registry's changes into the control rows: from that commit on they hold, for routing, control and calls alike.</summary>
internal sealed class RegistryApplier(AccountControl accounts, Notices notices, Vault vault, UpstreamChannels channels)
{
    public bool Apply(IGatewayTransaction tx, RegistryChanges changes)
    {
        // Another process may have applied as much or more meanwhile: what it applied is not applied again, and never undone by an older look.
        var applied = tx.Control.RegistryRevision;
        foreach (var linkage in changes.Linkages.Where(row => row.Revision > applied))
            ApplyLinkage(tx, linkage, changes.ExpireSilently.Contains(linkage.ModuleId), changes.MessagesPerMonthMax.TryGetValue(linkage.Id, out var max) ? max : null);

        foreach (var chosen in changes.Accounts.Where(row => row.Revision > applied))
        {
            var account = AccountOf(tx, chosen.BotId);
            if (account.DefaultLinkage != chosen.DefaultLinkageId)
                accounts.Change(tx, account, row => row with { DefaultLinkage = chosen.DefaultLinkageId }, tx.Now);
        }

        foreach (var module in changes.Modules.Where(row => row.Revision > applied))
            ApplyModule(tx, module.Id, changes.ExpireSilently.Contains(module.Id));

        if (changes.Revision > applied)
            tx.Control.RegistryRevision = changes.Revision;
        return true;
    }

    /// <summary>What control must know of a module lies on the rows of its linkages.</summary>
    private static void ApplyModule(IGatewayTransaction tx, ModuleId module, bool expiresSilently)
    {
        foreach (var row in tx.Control.LinkagesOf(module).Where(row => row.ExpiresSilently != expiresSilently))
        {
            // The bot's account first, then the linkage as it is under that: another work may have changed it since.
            tx.Control.Account(row.Bot);
            tx.Control.Put(tx.Control.Linkage(row.Id)! with { ExpiresSilently = expiresSilently });
        }
    }

    private void ApplyLinkage(IGatewayTransaction tx, Linkage linkage, bool expiresSilently, int? messagesPerMonthMax)
    {
        var account = AccountOf(tx, linkage.BotId);
        var now = tx.Now;
        var before = tx.Control.Linkage(linkage.Id);
        var after = before is null
            ? Salted(new LinkageRow(linkage.Id, linkage.BotId, linkage.ModuleId, linkage.State, linkage.Scopes, null))
            : before with { State = linkage.State, Scopes = linkage.Scopes };
        after = after with { ExpiresSilently = expiresSilently, MessagesPerMonthMax = messagesPerMonthMax };
        if (before?.LeftAs is { } left)
            after = IsAttachedAnew(left, linkage.State) ? after with { LeftAs = null } : after with { State = LinkageState.Ended };
        if (after is { SealedSalt: null, State: not LinkageState.Ended })
            after = Salted(after); // Its ids were erased after it had ended: it begins again with fresh ones.
        var begins = after.Listens && before is null or { State: LinkageState.Ended };
        var ends = after.State == LinkageState.Ended && before is { State: not LinkageState.Ended };
        var isConnected = account.Connection != ConnectionState.Detached;
        if (ends && isConnected)
            tx.Deliveries.CancelOwed(linkage.Id); // What was still owed is cancelled; detached is the last thing it hears, also where it is owed already.

        LeavingThings.Follow(tx, before, after, now);

        accounts.Change(
            tx,
            account,
            row =>
            {
                tx.Control.Put(after);
                return row;
            },
            now);

        // Without a connection there is nothing to be attached to: its modules hear from Connections when there is one, and heard when there no longer was.
        if (!isConnected || !after.Has(Scopes.MessageReceive))
            return;
        if (begins)
            notices.Attached(tx, after with { Scopes = after.Within(account.Scopes) }, now);
        if (ends)
            notices.Detached(tx, after, now);
    }

    /// <summary>Whether the owner has done more than change a linkage whose module detached itself: removed it, after which any state is a new beginning, or bought it again.</summary>
    private static bool IsAttachedAnew(LinkageState left, LinkageState now) => now == LinkageState.Ended || (now == LinkageState.InSetUp && left != LinkageState.InSetUp);

    /// <summary>With ids of its own: from the master key of now, and a salt that nobody else has.</summary>
    private LinkageRow Salted(LinkageRow row)
    {
        var salt = vault.Salts.Seal(RandomNumberGenerator.GetBytes(LinkageIds.SaltBytes));
        return row with { SealedSalt = salt, KeyVersion = Sealer.VersionOf(salt) };
    }

    private AccountRow AccountOf(IGatewayTransaction tx, Line.BotId bot) =>
        tx.Control.Account(bot) ?? new AccountRow(bot, channels.Module.Id, ConnectionState.Detached, [], null, 0, 0, tx.Now);
}
