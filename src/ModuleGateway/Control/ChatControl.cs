using ModuleGateway.Linkages;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Control;

internal enum AcquireAnswer { Granted, JustTaken, NotInChat, StandbyAtLine }

/// <summary>Moves control of chats: each call decides and writes in the transaction it is given, so there is one order for all.</summary>
/// <remarks>Source: LINE module.yml (acquireChatControl, releaseChatControl); the second level, among modules, is this platform's.</remarks>
internal sealed class ChatControl(Notices notices, UpstreamChannels channels, ControlMoves moves, Mutants mutants)
{
    /// <summary>How long a successful acquire keeps others from taking the chat: LINE's few seconds.</summary>
    private static readonly TimeSpan AcquireGuard = TimeSpan.FromSeconds(3);

    /// <summary>Who is active now. A hold that has run out ends first, and its notices are written before anything else.</summary>
    public (ActiveModule Active, ChatRow Chat) Current(IGatewayTransaction tx, AccountRow account, ChatKey key, DateTimeOffset now)
    {
        var chat = tx.Control.Chat(key) ?? ChatRow.Fresh(key);
        var judgedAt = mutants.ExpiryByLocalClock?.GetUtcNow() ?? now;
        if (chat.ExpiresAt is { } end && end <= judgedAt)
        {
            // The instant of expiry decides who was active until then, not the moment at which we notice.
            chat = Move(tx, chat, chat.Freed(), now, before: end.AddTicks(-1), isExpiry: true);
            chat = LeaveToLine(tx, account, chat, now);
        }

        return (ActiveModule.Of(account, chat, tx.Control.Linkage, judgedAt), chat);
    }

    /// <summary>Makes <paramref name="linkage"/> the active module of this chat; whichever was active stands by.</summary>
    /// <param name="ttl">Null: until released.</param>
    /// <returns>
    /// <c>Granted</c>; <c>JustTaken</c> (423): another module acquired it under 3 s ago and has not released it, be its hold over or not, or is about to at LINE; <c>NotInChat</c> (404): the bot
    /// does not know this chat, was blocked in it or left it, or LINE's side is standby on an account's own channel, where nobody can take it; <c>StandbyAtLine</c>: LINE's channel answers there, and the chat must be taken at LINE first.
    /// </returns>
    public AcquireAnswer Acquire(IGatewayTransaction tx, AccountRow account, ChatKey key, LinkageId linkage, TimeSpan? ttl, DateTimeOffset now)
    {
        if (tx.Control.Known(key.Bot, key.Kind, key.Id) is null or { IsGone: true })
            return AcquireAnswer.NotInChat;

        var (active, chat) = Current(tx, account, key, now);
        if (IsGuarded(chat, linkage, now))
            return AcquireAnswer.JustTaken;
        if (chat.LineSide == LineSide.Standby || chat.Errand?.Kind == ErrandKind.Release)
            return channels.HasControl(account.Channel) ? AcquireAnswer.StandbyAtLine : AcquireAnswer.NotInChat; // Given back at LINE, or about to be: what LINE hears last must be the acquire.

        Take(tx, active, chat, chat, linkage, ttl, now);
        return AcquireAnswer.Granted;
    }

    /// <summary>Gives the chat up, if <paramref name="linkage"/> is active in it; otherwise nothing happens.</summary>
    public void Release(IGatewayTransaction tx, AccountRow account, ChatKey key, LinkageId linkage, DateTimeOffset now)
    {
        var (active, chat) = Current(tx, account, key, now);
        if (active.Linkage != linkage)
            return;

        // By the default itself, or where there is none, "back" can only mean LINE's own channel.
        var first = ActiveModule.FirstIn(account, chat, tx.Control.Linkage);
        var toPrimary = first is null || first == linkage;
        var errand = channels.HasControl(account.Channel) ? new LineErrand(ErrandKind.Release, now, 0) : null;
        var free = chat.AcquiredBy == linkage ? chat.GivenUp() : chat.Freed();
        chat = Move(tx, chat, toPrimary ? free with { HolderKind = HolderKind.Primary, HeldSince = now, Errand = errand } : free, now, now);
        LeaveToLine(tx, account, chat, now);
    }

    /// <summary>The customer left the chat: its hold ends. Who comes back finds the default, here and at LINE.</summary>
    public void Leave(IGatewayTransaction tx, AccountRow account, ChatKey key, DateTimeOffset now)
    {
        var (_, chat) = Current(tx, account, key, now);
        Move(tx, chat, chat.Freed() with { Errand = null, Reservation = null, ReleasedForWantOfDefault = false, TestOf = null }, now, now);
    }

    /// <summary>The customer follows, or the account joins: a hold from before that is over, though the word of the leaving may never have reached us.</summary>
    /// <param name="at">LINE's instant of it, so that redelivery and delay change nothing: who took the chat since then keeps it.</param>
    public void Return(IGatewayTransaction tx, AccountRow account, ChatKey key, DateTimeOffset at, DateTimeOffset now)
    {
        var (_, chat) = Current(tx, account, key, now);
        if (chat.TakenAt < at)
            Move(tx, chat, chat.Freed() with { Errand = null, ReleasedForWantOfDefault = false }, now, now);
    }

    /// <summary>Ends the hold of this chat if it ran out. Whoever finds it due first does it; for the others there is nothing left.</summary>
    public bool Expire(IGatewayTransaction tx, ChatKey key)
    {
        if (tx.Control.Account(key.Bot) is { } account)
            Current(tx, account, key, tx.Now);
        else if (tx.Control.Chat(key) is { } orphan)
            tx.Control.Put(orphan.Freed());
        return true;
    }

    /// <summary>A chat that our channel has at LINE and that nobody of ours answers in goes back there, before the customer's next message finds nobody. It is taken again once somebody does.</summary>
    internal ChatRow LeaveToLine(IGatewayTransaction tx, AccountRow account, ChatRow chat, DateTimeOffset now)
    {
        if (chat is not { HolderKind: HolderKind.None, Errand: null, LineSide: not LineSide.Standby } || account.Connection != ConnectionState.Attached || !channels.HasControl(account.Channel))
            return chat;
        if (ActiveModule.Of(account, chat, tx.Control.Linkage, now).Linkage is not null)
            return chat;

        chat = chat with { Errand = new LineErrand(ErrandKind.Release, now, 0), ReleasedForWantOfDefault = true };
        tx.Control.Put(chat);
        return chat;
    }

    /// <summary>Whether this chat cannot be taken by <paramref name="linkage"/> at the moment.</summary>
    internal static bool IsGuarded(ChatRow chat, LinkageId linkage, DateTimeOffset now) =>
        chat.Reservation?.Until > now || (chat.AcquiredBy is { } other && other != linkage && now - chat.AcquiredAt < AcquireGuard);

    /// <summary>The hold itself: by the active module a renewal in the same epoch, by another a change.</summary>
    /// <param name="from">The chat as it is.</param>
    /// <param name="to">The chat as it will be, but for who holds it.</param>
    internal void Take(IGatewayTransaction tx, ActiveModule active, ChatRow from, ChatRow to, LinkageId linkage, TimeSpan? ttl, DateTimeOffset now)
    {
        DateTimeOffset? expiresAt = ttl is { } time ? now + time : null;
        var held = to.HeldBy(linkage, expiresAt, now);
        if (active.Linkage != linkage)
        {
            Move(tx, from, held, now, now);
            return;
        }

        held = held with { Epoch = active.Epoch };
        tx.Control.Put(held);
        notices.Activated(tx, held, linkage, expiresAt, now, isRenewal: true);
    }

    /// <summary>Writes the new row; where the active module changed, with a new epoch and a notice to who lost and who gained.</summary>
    /// <param name="before">The instant whose active module is the one that loses.</param>
    /// <param name="isExpiry">A hold ran out: told only to those who want to hear it, for LINE's own expiry is silent.</param>
    internal ChatRow Move(IGatewayTransaction tx, ChatRow from, ChatRow to, DateTimeOffset now, DateTimeOffset before, bool isExpiry = false)
    {
        // Read here and not handed in: an expiry a moment ago, in this very transaction, may have taken an epoch.
        var account = tx.Control.Account(from.Key.Bot)!;
        var was = ActiveModule.Of(account, from, tx.Control.Linkage, before);
        var will = ActiveModule.Of(account, to, tx.Control.Linkage, now);
        if (was.Linkage == will.Linkage)
        {
            to = to with { Epoch = was.Epoch, DefaultEpochPassed = account.DefaultEpoch };
            tx.Control.Put(to);
            return to;
        }

        to = to with { Epoch = account.LastEpoch + 1 };
        if (mutants.NotifyBeforeCommit is { } later)
        {
            later(then =>
            {
                _ = then.Control.Account(account.Bot); // The bot's order first, then what to write.
                Write(then, account, to);
            });
        }
        else
        {
            Write(tx, account, to);
        }

        bool Hears(LinkageId linkage) => !isExpiry || tx.Control.Linkage(linkage) is not { ExpiresSilently: true };
        if (was.Linkage is { } loser && Hears(loser))
            notices.Deactivated(tx, to, loser, now);
        if (will.Linkage is { } gainer && Hears(gainer))
            notices.Activated(tx, to, gainer, to.HolderKind == HolderKind.Linkage ? to.ExpiresAt : null, now);
        moves.Moved?.Invoke(new ControlMove(to.Key.Bot, to.Key, to.Epoch, was.Linkage, will, isExpiry, to.ExpiresAt, now));
        return to;
    }

    private static void Write(IGatewayTransaction tx, AccountRow account, ChatRow moved)
    {
        tx.Control.Put(account with { LastEpoch = moved.Epoch });
        tx.Control.Put(moved);
    }
}
