using Line;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Control;

internal enum AcquireAnswer { Granted, JustTaken, NotInChat, StandbyAtLine }

/// <summary>Moves control of chats: each call decides and writes in the transaction it is given, so there is one order for all.</summary>
/// <remarks>Source: LINE module.yml (acquireChatControl, releaseChatControl); the second level, among modules, is this platform's.</remarks>
internal sealed class ChatControl(Notices notices)
{
    /// <summary>How long a successful acquire keeps others from taking the chat: LINE's few seconds.</summary>
    private static readonly TimeSpan AcquireGuard = TimeSpan.FromSeconds(3);

    /// <summary>Who is active now. A hold that has run out ends first, and its notices are written before anything else.</summary>
    public (ActiveModule Active, ChatRow Chat) Current(IGatewayTransaction tx, AccountRow account, ChatKey key, DateTimeOffset now)
    {
        var chat = tx.Control.Chat(key) ?? ChatRow.Fresh(key);
        if (chat.ExpiresAt <= now)
        {
            // The instant of expiry decides who was active until then, not the moment at which we notice.
            chat = Move(tx, ref account, chat, chat with { HolderKind = HolderKind.None, Holder = null, ExpiresAt = null, AcquiredBy = null, AcquiredAt = null }, now, before: chat.ExpiresAt.Value.AddTicks(-1));
        }

        return (ActiveModule.Of(account, chat, tx.Control.Linkage, now), chat);
    }

    /// <summary>Makes <paramref name="linkage"/> the active module of this chat; whichever was active stands by.</summary>
    /// <param name="ttl">Null: until released.</param>
    /// <returns>
    /// <c>Granted</c>; <c>JustTaken</c> (423): another module acquired it under 3 s ago; <c>NotInChat</c> (404): the bot does not know this chat;
    /// <c>StandbyAtLine</c>: LINE's channel answers there, it must be acquired at LINE first.
    /// </returns>
    public AcquireAnswer Acquire(IGatewayTransaction tx, AccountRow account, ChatKey key, LinkageId linkage, TimeSpan? ttl, DateTimeOffset now)
    {
        if (tx.Control.Known(key.Bot, key.Kind, key.Id) is null)
            return AcquireAnswer.NotInChat;

        var (active, chat) = Current(tx, account, key, now);
        if (chat.AcquiredBy is { } other && other != linkage && now - chat.AcquiredAt < AcquireGuard)
            return AcquireAnswer.JustTaken;
        if (chat.LineSide == LineSide.Standby)
            return AcquireAnswer.StandbyAtLine;

        DateTimeOffset? expiresAt = ttl is { } time ? now + time : null;
        var held = chat with { HolderKind = HolderKind.Linkage, Holder = linkage, ExpiresAt = expiresAt, AcquiredBy = linkage, AcquiredAt = now };
        if (active.Linkage == linkage)
        {
            held = held with { Epoch = active.Epoch }; // It goes on speaking: same epoch, its hold set or renewed.
            tx.Control.Put(held);
            notices.Activated(tx, held, linkage, expiresAt, now, isRenewal: true);
            return AcquireAnswer.Granted;
        }

        account = tx.Control.Account(account.Bot)!; // An expiry just now may have taken an epoch.
        Move(tx, ref account, chat, held, now, now);
        return AcquireAnswer.Granted;
    }

    /// <summary>Gives the chat up, if <paramref name="linkage"/> is active in it; otherwise nothing happens.</summary>
    /// <returns>True when the chat passed to LINE's own channel, which LINE must be told.</returns>
    public bool Release(IGatewayTransaction tx, AccountRow account, ChatKey key, LinkageId linkage, DateTimeOffset now)
    {
        var (active, chat) = Current(tx, account, key, now);
        if (active.Linkage != linkage)
            return false;

        // By the default itself, or where there is none, "back" can only mean LINE's own channel.
        var toPrimary = account.DefaultLinkage is null || account.DefaultLinkage == linkage;
        var released = chat with
        {
            HolderKind = toPrimary ? HolderKind.Primary : HolderKind.None,
            Holder = null, ExpiresAt = null, AcquiredBy = null, AcquiredAt = null,
        };
        account = tx.Control.Account(account.Bot)!;
        Move(tx, ref account, chat, released, now, now);
        return toPrimary;
    }

    /// <summary>Ends a hold because the customer left the chat; who comes back finds the default.</summary>
    public void End(IGatewayTransaction tx, AccountRow account, ChatKey key, DateTimeOffset now)
    {
        var (_, chat) = Current(tx, account, key, now);
        if (chat.HolderKind == HolderKind.None)
            return;

        account = tx.Control.Account(account.Bot)!;
        Move(tx, ref account, chat, chat with { HolderKind = HolderKind.None, Holder = null, ExpiresAt = null, AcquiredBy = null, AcquiredAt = null }, now, now);
    }

    /// <summary>Takes LINE's word on whether our channel is active in this chat; a later word, by LINE's own time, wins.</summary>
    public void LearnLineSide(IGatewayTransaction tx, AccountRow account, ChatKey key, bool isActive, DateTimeOffset saidAt, DateTimeOffset now)
    {
        var (_, chat) = Current(tx, account, key, now);
        var side = isActive ? LineSide.Active : LineSide.Standby;
        if (chat.LineSideAt > saidAt)
            return;

        var learned = chat with { LineSide = side, LineSideAt = saidAt };
        if (chat.LineSide == side || chat.LineSide == LineSide.Unknown)
        {
            tx.Control.Put(learned); // The first word is no change: nobody was told otherwise before.
            return;
        }

        account = tx.Control.Account(account.Bot)!;
        Move(tx, ref account, chat, learned, now, now);
    }

    /// <summary>Ends what ran out; returns whether more is due.</summary>
    public bool ExpireDue(IGatewayTransaction tx, DateTimeOffset now, int max)
    {
        var due = tx.Control.Expired(now, max);
        foreach (var chat in due)
        {
            if (tx.Control.Account(chat.Key.Bot) is { } account)
                Current(tx, account, chat.Key, now);
            else
                tx.Control.Put(chat with { HolderKind = HolderKind.None, Holder = null, ExpiresAt = null });
        }

        return due.Count == max;
    }

    /// <summary>Writes the new row; where the active module changed, with a new epoch and a notice to who lost and who gained.</summary>
    private ChatRow Move(IGatewayTransaction tx, ref AccountRow account, ChatRow from, ChatRow to, DateTimeOffset now, DateTimeOffset before)
    {
        var was = ActiveModule.Of(account, from, tx.Control.Linkage, before);
        var will = ActiveModule.Of(account, to, tx.Control.Linkage, now);
        if (was.Linkage == will.Linkage)
        {
            to = to with { Epoch = was.Epoch };
            tx.Control.Put(to);
            return to;
        }

        account = account with { LastEpoch = account.LastEpoch + 1 };
        to = to with { Epoch = account.LastEpoch };
        tx.Control.Put(account);
        tx.Control.Put(to);
        if (was.Linkage is { } loser)
            notices.Deactivated(tx, to, loser, now);
        if (will.Linkage is { } gainer)
            notices.Activated(tx, to, gainer, to.HolderKind == HolderKind.Linkage ? to.ExpiresAt : null, now);
        return to;
    }
}
