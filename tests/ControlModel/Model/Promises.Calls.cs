namespace ControlModel.Model;

public static partial class Promises
{
    /// <summary>Whether LINE's API is open to a linkage at all.</summary>
    public static bool HasAccess(BotState bot, int linkage) => bot.Wire == Wire.Attached && Listens(bot, linkage);

    /// <summary>Whether a linkage could take this chat: attached and on, and the customer there.</summary>
    public static bool MayTake(BotState bot, int linkage, int chat) => bot.Wire == Wire.Attached && bot.Linkages[linkage] == Standing.On && !bot.Chats[chat].IsGone;

    /// <summary>Another's acquire is on its way, or succeeded under 3 s ago and was not released.</summary>
    public static bool IsGuarded(BotState bot, int linkage, int chat)
    {
        var state = bot.Chats[chat];
        return (state.ReservedFor is not null && state.ReservedUntil > bot.Now) || (state.AcquiredBy is { } other && other != linkage && bot.Now - state.AcquiredAt < AcquireGuard);
    }

    /// <summary>Whether the chat must be taken at LINE first: LINE says standby, or is about to hear our release.</summary>
    public static bool IsLines(ChatState chat) => chat.IsStandbyAtLine || chat.Wish == Wish.Release;

    /// <summary>The linkage holds the chat; by the active module itself a renewal in the same epoch.</summary>
    public static void Take(Turn turn, int linkage, int chat, long? ttl)
    {
        var until = turn.Now + ttl;
        var held = turn[chat] with { Holding = Holding.Linkage, Holder = linkage, ExpiresAt = until, TakenAt = turn.Now, AcquiredBy = linkage, AcquiredAt = turn.Now };
        if (Active(turn.State, chat) != linkage)
        {
            Move(turn, chat, held);
            return;
        }

        turn[chat] = held;
        if (turn.Hear(linkage, chat, copy => copy.Kind == CopyKind.Activated && (!copy.WasRead || copy.Until == until), isOptional: false, "who renewed was not told") is { } notice)
            Show(turn, chat, notice.Epoch, isActive: true);
    }

    /// <summary>The chat is kept for an acquire that is on its way to LINE.</summary>
    public static void Reserve(Turn turn, int call, int chat) => turn[chat] = turn[chat] with { ReservedFor = call, ReservedUntil = turn.Now + ReservationTime };

    /// <summary>Whether the reservation of this call still stands for this linkage. One that is suspended meanwhile gets a hold that rests.</summary>
    public static bool Stands(BotState bot, int call, int linkage, int chat) =>
        bot.Chats[chat].ReservedFor == call && bot.Chats[chat].ReservedUntil > bot.Now && bot.Linkages[linkage] != Standing.Ended;

    /// <summary>LINE gave the chat while the reservation stood: LINE's side and the holder change together.</summary>
    public static void Keep(Turn turn, int linkage, int chat, long? ttl)
    {
        var was = Active(turn.State, chat);
        var ours = turn[chat] with { IsStandbyAtLine = false, MovedAtLineAt = turn.Now, ReservedFor = null, ReservedUntil = 0, Wish = Wish.None, WasGivenForWantOfDefault = false };
        turn[chat] = ours;
        if (was == linkage)
            Take(turn, linkage, chat, ttl);
        else
            MoveFrom(turn, chat, was, ours with { Holding = Holding.Linkage, Holder = linkage, ExpiresAt = turn.Now + ttl, TakenAt = turn.Now, AcquiredBy = linkage, AcquiredAt = turn.Now });
    }

    /// <summary>LINE gave the chat too late: back it goes, unless another of ours has it meanwhile or is about to.</summary>
    public static void GiveBack(Turn turn, int call, int chat)
    {
        var state = turn[chat];
        var isOurs = state.Holding == Holding.Linkage || (state.ReservedFor is not null && state.ReservedFor != call);
        var dropped = state.ReservedFor == call ? state with { ReservedFor = null, ReservedUntil = 0 } : state;
        turn[chat] = isOurs ? dropped : dropped with { Wish = Wish.Release };
    }

    /// <summary>LINE refused, or nobody knows what it did.</summary>
    public static void Drop(Turn turn, int call, int chat)
    {
        if (turn[chat].ReservedFor == call)
            turn[chat] = turn[chat] with { ReservedFor = null, ReservedUntil = 0 };
    }

    /// <summary>Only the active module can release: the default active one, or where there is none, to Primary; else to nobody.</summary>
    public static void Release(Turn turn, int linkage, int chat)
    {
        Expire(turn, chat);
        if (Active(turn.State, chat) != linkage)
            return;

        var freed = turn[chat].AcquiredBy == linkage ? turn[chat].GivenUp() : turn[chat].Freed();
        var isLast = turn.State.Default is not { } first || first == linkage;
        Move(turn, chat, isLast ? freed with { Holding = Holding.Primary, TakenAt = turn.Now, Wish = Wish.Release } : freed);
        LeaveToLine(turn, chat);
    }

    /// <summary>What we had to say to LINE was said.</summary>
    public static void Fulfil(Turn turn, int chat)
    {
        Expire(turn, chat);
        var state = turn[chat];
        var isRelease = state.Wish == Wish.Release;
        Move(turn, chat, state with
        {
            Wish = Wish.None, IsStandbyAtLine = isRelease, MovedAtLineAt = turn.Now, WasGivenForWantOfDefault = isRelease && state.WasGivenForWantOfDefault,
        });
    }

    private static void MoveFrom(Turn turn, int chat, int? was, ChatState to)
    {
        turn[chat] = to;
        Tell(turn, chat, was);
    }
}
