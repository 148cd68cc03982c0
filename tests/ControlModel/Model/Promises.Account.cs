namespace ControlModel.Model;

public static partial class Promises
{
    /// <summary>The ways that a change of the whole account may go: who is suspended or detached by it may have been told of a chat that it lost, or not.</summary>
    public static IEnumerable<Turn> ChangesOfAccount(BotState bot, Lanes lanes, Func<BotState, BotState> change)
    {
        var told = new Turn(bot, lanes);
        ChangeAccount(told, change);
        yield return told;
        if (!told.MightSkip)
            yield break;

        var untold = new Turn(bot, lanes, skips: true);
        ChangeAccount(untold, change);
        yield return untold;
    }

    /// <summary>A change of the whole account: who gains or loses the first answer is told once for the account, and chats with a holder one by one.</summary>
    private static void ChangeAccount(Turn turn, Func<BotState, BotState> change)
    {
        for (var chat = 0; chat < turn.State.Chats.Length; chat++)
            Expire(turn, chat);

        var firstBefore = DefaultActive(turn.State);
        var activeBefore = Enumerable.Range(0, turn.State.Chats.Length).Select(chat => Active(turn.State, chat)).ToArray();
        var heldBefore = turn.State.Chats.Select(chat => chat.Holding != Holding.None).ToArray();
        turn.Set(change(turn.State));
        for (var chat = 0; chat < turn.State.Chats.Length; chat++)
        {
            // A hold ends with its linkage, every hold with the connection; suspension only rests it.
            if (turn.State.Wire == Wire.Detached || (turn[chat] is { Holding: Holding.Linkage } held && turn.State.Linkages[held.Holder] == Standing.Ended))
                turn[chat] = turn[chat].Freed();
        }

        var firstAfter = DefaultActive(turn.State);
        if (firstBefore != firstAfter)
            TellAccount(turn, firstBefore, firstAfter);
        for (var chat = 0; chat < turn.State.Chats.Length; chat++)
        {
            if (heldBefore[chat])
                Tell(turn, chat, activeBefore[chat]);
            else if (activeBefore[chat] != Active(turn.State, chat))
                turn[chat] = turn[chat] with { HasMovedSince = true };
        }
    }

    private static void TellAccount(Turn turn, int? before, int? after)
    {
        if (before is { } loser && turn.State.Linkages[loser] != Standing.Ended)
            turn.Hear(loser, null, copy => copy.Kind is CopyKind.Lost or null, isOptional: !MustHear(turn.State, loser), "who lost the first answer was not told");
        if (after is { } gainer)
            turn.Hear(gainer, null, copy => copy.Kind is CopyKind.Gained or null, isOptional: false, "who gained the first answer was not told");
    }
}
