namespace ControlModel.Model;

/// <summary>Exclusive control as the gateway promises it, told a second time: nothing here knows how the gateway does it.</summary>
/// <remarks>Each method changes the turn, or refuses it with the reason why no such step can have been taken at this point of the order.</remarks>
public static partial class Promises
{
    /// <summary>How long a successful acquire keeps others away.</summary>
    public const long AcquireGuard = 3_000;

    /// <summary>How long an acquire may be on its way to LINE.</summary>
    public const long ReservationTime = 5_000;

    /// <summary>How long after our own move at LINE an ordinary event may still show the side before it.</summary>
    public const long OwnMoveTime = 10_000;

    /// <summary>A reply token is good for so long after the receipt of its event.</summary>
    public const long ReplyTime = 60_000;

    public static bool Listens(BotState bot, int linkage) => bot.Linkages[linkage] is Standing.On or Standing.InSetUp;

    /// <summary>Whether a loser has to be told. A detached one hears only that; of a suspended one nobody promised.</summary>
    public static bool MustHear(BotState bot, int linkage) => bot.Wire != Wire.Detached && Listens(bot, linkage);

    /// <summary>Who is active in the account's chats that nobody holds; null: Primary.</summary>
    public static int? DefaultActive(BotState bot) =>
        bot.Wire == Wire.Attached && bot.Default is { } first && bot.Linkages[first] == Standing.On ? first : null;

    /// <summary>Who is active: Primary (null) where LINE says standby or Primary holds the chat; else the holder while its time runs and its standing is good; else the default.</summary>
    public static int? Active(BotState bot, ChatState chat, long at)
    {
        if (bot.Wire != Wire.Attached || chat.IsStandbyAtLine || chat.Holding == Holding.Primary)
            return null;
        return chat.Holding == Holding.Linkage && !(chat.ExpiresAt <= at) && bot.Linkages[chat.Holder] == Standing.On ? chat.Holder : DefaultActive(bot);
    }

    public static int? Active(BotState bot, int chat) => Active(bot, bot.Chats[chat], bot.Now);

    /// <summary>A hold that has run out ends before anything else happens in its chat, and both are told.</summary>
    public static void Expire(Turn turn, int chat)
    {
        if (turn[chat] is not { Holding: Holding.Linkage, ExpiresAt: { } end } held || end > turn.Now)
            return;

        Move(turn, chat, held.Freed(), asOf: end - 1);
        LeaveToLine(turn, chat);
    }

    /// <summary>A chat that nobody holds and that nobody of ours answers goes back at LINE.</summary>
    private static void LeaveToLine(Turn turn, int chat)
    {
        if (turn.State.Wire == Wire.Attached && turn[chat] is { Holding: Holding.None, Wish: Wish.None, IsStandbyAtLine: false } state && Active(turn.State, chat) is null)
            turn[chat] = state with { Wish = Wish.Release, WasGivenForWantOfDefault = true };
    }

    /// <summary>The chat becomes <paramref name="to"/>: where that changes who is active, the epoch grows, and loser and gainer are told once each.</summary>
    /// <param name="asOf">The instant whose active module is the one that loses.</param>
    private static void Move(Turn turn, int chat, ChatState to, long? asOf = null)
    {
        var was = Active(turn.State, turn[chat], asOf ?? turn.Now);
        turn[chat] = to;
        Tell(turn, chat, was);
    }

    /// <summary>Tells loser and gainer of a chat in which <paramref name="was"/> was active until now.</summary>
    private static void Tell(Turn turn, int chat, int? was)
    {
        var to = turn[chat];
        var will = Active(turn.State, chat);
        if (was == will)
            return;

        long? shown = null;
        if (was is { } loser && turn.State.Linkages[loser] != Standing.Ended)
        {
            // Whether a linkage that is suspended at this moment still hears it, nobody promised.
            shown = turn.Hear(loser, chat, copy => copy.Kind == CopyKind.Deactivated && copy.Epoch > to.Epoch, isOptional: !MustHear(turn.State, loser), "the loser was not told")?.Epoch;
        }

        if (will is { } gainer)
        {
            var until = to.Holding == Holding.Linkage ? to.ExpiresAt : null;
            var epoch = turn.Hear(
                gainer, chat, copy => copy.Kind == CopyKind.Activated && copy.Epoch > to.Epoch && (!copy.WasRead || copy.Until == until), isOptional: false, "the gainer was not told")?.Epoch;
            if (shown is { } other && epoch != other)
                turn.Refuse("loser and gainer were told different epochs");
            shown = epoch;
        }

        turn[chat] = shown is { } now ? to with { Epoch = now, HasMovedSince = false } : to with { HasMovedSince = true };
    }

    /// <summary>An epoch that somebody was shown in a chat agrees with the changes there have been.</summary>
    private static void Show(Turn turn, int chat, long epoch, bool isActive)
    {
        var state = turn[chat];
        if (isActive && (state.HasMovedSince ? epoch <= state.Epoch : epoch != state.Epoch))
            turn.Refuse(state.HasMovedSince ? "the epoch did not grow with a change" : "the epoch changed without a change");
        else if (epoch < state.Epoch)
            turn.Refuse("the epoch fell");
        else if (isActive || epoch > state.Epoch)
            turn[chat] = state with { Epoch = epoch, HasMovedSince = false };
    }
}
