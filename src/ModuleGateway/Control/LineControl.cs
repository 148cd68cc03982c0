using ModuleGateway.Linkages;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Control;

/// <summary>The first level of control, LINE's: what LINE says of a chat, and what we say to LINE.</summary>
/// <remarks>No transaction is open while LINE is called: what is intended is written first, and the answer is held against it afterwards.</remarks>
internal sealed class LineControl(ChatControl control, UpstreamChannels channels)
{
    /// <summary>How long a reservation stands without an answer of LINE's.</summary>
    private static readonly TimeSpan ReservationTime = TimeSpan.FromSeconds(5);

    /// <summary>How long after a move of our own an ordinary event may still show the side before it.</summary>
    private static readonly TimeSpan NoticeTime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ErrandDelayMax = TimeSpan.FromMinutes(5);

    /// <summary>Takes LINE's <c>activated</c> or <c>deactivated</c>: the surest word there is.</summary>
    public void HearNotice(IGatewayTransaction tx, AccountRow account, ChatKey key, bool isActive, DateTimeOffset saidAt, DateTimeOffset now) =>
        Hear(tx, account, key, isActive, saidAt, now, isNotice: true);

    /// <summary>Takes the <c>mode</c> of an ordinary event that is no redelivery.</summary>
    public void HearMode(IGatewayTransaction tx, AccountRow account, ChatKey key, bool isActive, DateTimeOffset saidAt, DateTimeOffset now) =>
        Hear(tx, account, key, isActive, saidAt, now, isNotice: false);

    /// <summary>With an event of a chat: gives it back at LINE while nobody of ours answers first, takes it again once somebody does.</summary>
    public void FollowDefault(IGatewayTransaction tx, AccountRow account, ChatKey key, DateTimeOffset now)
    {
        var (_, chat) = control.Current(tx, account, key, now);
        chat = control.LeaveToLine(tx, account, chat, now);
        if (chat is not { HolderKind: HolderKind.None, Errand: null } || !channels.HasControl(account.Channel))
            return;

        if (chat is { LineSide: LineSide.Standby, ReleasedForWantOfDefault: true } && ActiveModule.Of(account, chat with { LineSide = LineSide.Active }, tx.Control.Linkage, now).Linkage is not null)
            tx.Control.Put(chat with { Errand = new LineErrand(ErrandKind.Acquire, now, 0) });
    }

    /// <summary>The same chat, to be ours at LINE: taken again where LINE's own channel has it, and where it is about to get it, LINE hears the acquire last.</summary>
    public ChatRow TakenBack(AccountRow account, ChatRow chat, DateTimeOffset now) => !channels.HasControl(account.Channel) ? chat : chat with
    {
        ReleasedForWantOfDefault = chat.ReleasedForWantOfDefault || chat.LineSide == LineSide.Standby,
        Errand = chat.Errand?.Kind == ErrandKind.Release ? new LineErrand(ErrandKind.Acquire, now, 0) : chat.Errand,
    };

    /// <summary>Lets a chat follow who answers first again, at LINE too, where somebody of ours does and our channel can ask for it.</summary>
    /// <param name="chat">As it is.</param>
    /// <param name="freed">The same chat, held by nobody.</param>
    /// <returns>False: LINE's own channel has it and keeps it.</returns>
    public bool GiveToFirst(IGatewayTransaction tx, ChatRow chat, ChatRow freed, DateTimeOffset now)
    {
        var account = tx.Control.Account(chat.Key.Bot)!;
        if (ActiveModule.Of(account, freed with { LineSide = LineSide.Active }, tx.Control.Linkage, now).Linkage is not null)
            freed = TakenBack(account, freed, now);
        control.Move(tx, chat, freed, now, now);
        FollowDefault(tx, tx.Control.Account(chat.Key.Bot)!, chat.Key, now);
        return freed.LineSide != LineSide.Standby || freed.ReleasedForWantOfDefault;
    }

    /// <summary>Keeps the chat for a module that is about to take it at LINE. Null: another is, or took it a moment ago.</summary>
    public Reservation? Reserve(IGatewayTransaction tx, AccountRow account, ChatKey key, LinkageId linkage, DateTimeOffset now)
    {
        var (_, chat) = control.Current(tx, account, key, now);
        if (ChatControl.IsGuarded(chat, linkage, now))
            return null;

        var reservation = new Reservation(linkage, Guid.NewGuid(), now + ReservationTime);
        tx.Control.Put(chat with { Reservation = reservation });
        return reservation;
    }

    /// <summary>LINE gave us the chat: the module has it, if its reservation still stands. Otherwise it goes back.</summary>
    public bool Keep(IGatewayTransaction tx, AccountRow account, ChatKey key, Reservation reservation, TimeSpan? ttl, DateTimeOffset now)
    {
        var (active, chat) = control.Current(tx, account, key, now);
        var isThere = chat.Reservation?.Request == reservation.Request;
        if (!isThere || reservation.Until <= now || tx.Control.Linkage(reservation.By) is null or { State: LinkageState.Ended })
        {
            // LINE's answer came too late for this module, or the module is gone. Where another of ours has the chat meanwhile, or is about to, it stays ours at LINE.
            var isOurs = chat.HolderKind == HolderKind.Linkage || (!isThere && chat.Reservation?.Until > now);
            tx.Control.Put(chat with
            {
                Reservation = isThere ? null : chat.Reservation,
                Errand = isOurs ? chat.Errand : new LineErrand(ErrandKind.Release, now, 0),
            });
            return false;
        }

        // One move, not two: LINE's side and the holder change together, so that nobody in between is told a thing.
        var ours = chat with { LineSide = LineSide.Active, MovedAtLineAt = now, Reservation = null, Errand = null, ReleasedForWantOfDefault = false };
        control.Take(tx, active, chat, ours, reservation.By, ttl, now);
        return true;
    }

    /// <summary>LINE refused, or nobody knows what it did: the reservation ends, and LINE's next word decides.</summary>
    public static void Drop(IGatewayTransaction tx, ChatKey key, Reservation reservation)
    {
        if (tx.Control.Chat(key) is { } chat && chat.Reservation?.Request == reservation.Request)
            tx.Control.Put(chat with { Reservation = null });
    }

    /// <summary>LINE did what the errand asked, or refused for good.</summary>
    public void ErrandDone(IGatewayTransaction tx, ChatRow sent, bool agreed, DateTimeOffset now)
    {
        if (tx.Control.Chat(sent.Key) is not { } chat || chat.Errand != sent.Errand)
            return; // The wish changed while LINE was asked; the new one is an errand of its own.

        if (!agreed)
        {
            tx.Control.Put(chat with { Errand = null, ReleasedForWantOfDefault = false });
            return;
        }

        var isActive = sent.Errand!.Kind == ErrandKind.Acquire;
        control.Move(
            tx, chat,
            chat with { Errand = null, LineSide = isActive ? LineSide.Active : LineSide.Standby, MovedAtLineAt = now, ReleasedForWantOfDefault = !isActive && chat.ReleasedForWantOfDefault },
            now, now);
    }

    /// <summary>LINE could not be asked: later, at longer and longer intervals, until it agrees.</summary>
    public static void ErrandFailed(IGatewayTransaction tx, ChatRow sent, DateTimeOffset now)
    {
        if (tx.Control.Chat(sent.Key) is not { } chat || chat.Errand != sent.Errand)
            return;

        var attempts = sent.Errand!.Attempts + 1;
        var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempts), ErrandDelayMax.TotalSeconds));
        tx.Control.Put(chat with { Errand = sent.Errand with { Attempts = attempts, DueAt = now + delay } });
    }

    private void Hear(IGatewayTransaction tx, AccountRow account, ChatKey key, bool isActive, DateTimeOffset saidAt, DateTimeOffset now, bool isNotice)
    {
        var (_, chat) = control.Current(tx, account, key, now);
        if (chat.LineSideAt > saidAt)
            return;

        var side = isActive ? LineSide.Active : LineSide.Standby;
        if (!isNotice && side != chat.LineSide && now - chat.MovedAtLineAt < NoticeTime)
            return; // An event from before our own move: it says something of itself and nothing of the chat.

        var heard = chat with { LineSide = side, LineSideAt = saidAt, MovedAtLineAt = isNotice || side != chat.LineSide ? null : chat.MovedAtLineAt };
        if (chat.LineSide == side || chat.LineSide == LineSide.Unknown)
            tx.Control.Put(heard); // The first word is no change: nobody was told otherwise before.
        else
            control.Move(tx, chat, heard, now, now);
    }
}
