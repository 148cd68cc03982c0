using Line;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Control;

/// <summary>Changes that concern a whole Official Account: who answers first, a linkage that comes, goes or is suspended, the connection itself.</summary>
/// <remarks>
/// Who was active is looked up before the change and after it. Where the default changed, the account's epoch rises and the linkages concerned get
/// one event for the whole account; only chats that somebody holds are looked at one by one, and LINE is never called chat by chat.
/// </remarks>
internal sealed class AccountControl(Notices notices, ChatControl control, ControlMoves moves)
{
    /// <summary>Held chats that one change looks at; beyond it the rest follow when next used, under the account's epoch.</summary>
    private const int HeldMax = 100_000;

    /// <param name="tx">The transaction of the change.</param>
    /// <param name="bot">Whose account.</param>
    /// <param name="change">Writes account and linkages; gets the account as it is, returns it as it will be.</param>
    /// <param name="now">The store's time.</param>
    public AccountRow Change(IGatewayTransaction tx, AccountRow account, Func<AccountRow, AccountRow> change, DateTimeOffset now)
    {
        var nobody = new ChatKey(account.Bot, default, 0);
        var defaultBefore = ActiveModule.Of(account, ChatRow.Fresh(nobody), tx.Control.Linkage, now).Linkage;
        var held = tx.Control.Held(account.Bot, HeldMax);
        if (held.Any(chat => chat.ExpiresAt <= now))
        {
            // A hold that ran out ends under the account as it was then, its notices before anything else.
            foreach (var chat in held)
                control.Current(tx, account, chat.Key, now);
            account = tx.Control.Account(account.Bot)!;
            held = tx.Control.Held(account.Bot, HeldMax);
        }

        var activeBefore = held.Select(chat => ActiveModule.Of(account, chat, tx.Control.Linkage, now)).ToArray();

        account = change(account);
        account = account with { UnlinkedSince = IsIdle(tx, account) ? account.UnlinkedSince ?? now : null };
        var nowFirst = ActiveModule.Of(account, ChatRow.Fresh(nobody), tx.Control.Linkage, now);
        var defaultAfter = nowFirst.Linkage;
        if (defaultBefore != defaultAfter)
            account = account with { LastEpoch = account.LastEpoch + 1, DefaultEpoch = account.LastEpoch + 1 };
        tx.Control.Put(account);
        if (defaultBefore != defaultAfter)
        {
            TellAccount(tx, account, defaultBefore, defaultAfter, now);
            moves.Moved?.Invoke(new ControlMove(account.Bot, null, account.DefaultEpoch, defaultBefore, nowFirst, IsExpiry: false, null, now));
        }

        for (var i = 0; i < held.Count; i++)
            account = Follow(tx, account, held[i], activeBefore[i], now);
        return account;
    }

    /// <summary>A connection that serves no linkage: after a while it is given back to LINE.</summary>
    private static bool IsIdle(IGatewayTransaction tx, AccountRow account) =>
        account.Connection != ConnectionState.Detached && tx.Control.LinkagesOf(account.Bot).All(linkage => linkage.State == LinkageState.Ended);

    private void TellAccount(IGatewayTransaction tx, AccountRow account, LinkageId? before, LinkageId? after, DateTimeOffset now)
    {
        // A linkage that ended hears "detached" and nothing else.
        if (before is { } loser && tx.Control.Linkage(loser) is not { State: LinkageState.Ended })
            notices.DefaultActive(tx, account, loser, gained: false, now);
        if (after is { } gainer)
            notices.DefaultActive(tx, account, gainer, gained: true, now);
    }

    private AccountRow Follow(IGatewayTransaction tx, AccountRow account, ChatRow chat, ActiveModule before, DateTimeOffset now)
    {
        // A hold ends with its linkage, and every hold with the connection; suspension only rests it.
        var hasEnded = chat.HolderKind == HolderKind.Linkage && tx.Control.Linkage(chat.Holder!.Value) is null or { State: LinkageState.Ended };
        var kept = hasEnded || account.Connection == ConnectionState.Detached ? chat.Freed() : chat;

        // Turned on or ended, the chat in which it was tried is like any other.
        if (chat.TestOf is { } tried && tx.Control.Linkage(tried) is not { State: LinkageState.InSetUp or LinkageState.Suspended })
            kept = kept with { TestOf = null };
        var after = ActiveModule.Of(account, kept, tx.Control.Linkage, now);
        if (after.Linkage == before.Linkage)
        {
            if (kept != chat)
                tx.Control.Put(kept);
            return account;
        }

        account = account with { LastEpoch = account.LastEpoch + 1 };
        kept = kept with { Epoch = account.LastEpoch };
        tx.Control.Put(account);
        tx.Control.Put(kept);
        if (before.Linkage is { } loser && tx.Control.Linkage(loser) is { Listens: true })
            notices.Deactivated(tx, kept, loser, now);
        if (after.Linkage is { } gainer)
            notices.Activated(tx, kept, gainer, kept.HolderKind == HolderKind.Linkage ? kept.ExpiresAt : null, now);
        moves.Moved?.Invoke(new ControlMove(account.Bot, kept.Key, kept.Epoch, before.Linkage, after, IsExpiry: false, kept.ExpiresAt, now));
        return account;
    }
}
