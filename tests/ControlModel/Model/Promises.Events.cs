namespace ControlModel.Model;

public static partial class Promises
{
    /// <summary>An ordinary event of a chat: LINE's mode is heard, each listening linkage gets its copy, one of them at most an active one.</summary>
    public static void Route(Turn turn, string eventId, int chat, bool isActiveAtLine, long saidAt, bool leaves, bool returns)
    {
        if (!leaves)
            turn[chat] = turn[chat] with { IsGone = false };
        if (returns)
            Return(turn, chat, saidAt);
        HearSide(turn, chat, !isActiveAtLine, saidAt, isNotice: false);
        var active = Active(turn.State, chat);
        long? epoch = null;
        for (var linkage = 0; linkage < turn.State.Linkages.Length; linkage++)
        {
            if (!Listens(turn.State, linkage))
                continue;

            var isActive = linkage == active && isActiveAtLine;
            var copy = turn.Hear(
                linkage, chat, one => one.Kind == CopyKind.Event && one.EventId == eventId && one.IsActive == isActive, isOptional: false, isActive ? "the active module's copy is missing or standby" : "a standby module's copy is missing or active");
            if (copy is null)
                return;
            if (epoch is { } other && other != copy.Epoch)
                turn.Refuse("copies of one event bear different epochs");
            epoch = copy.Epoch;
        }

        if (epoch is { } shown)
            Show(turn, chat, shown, active is not null);
        if (leaves)
            Leave(turn, chat);
        else
            FollowDefault(turn, chat);
    }

    /// <summary>LINE's own word on the chat. Later ones win; an ordinary event's mode counts for nothing while LINE's notice of our own move is out.</summary>
    public static void HearSide(Turn turn, int chat, bool isStandby, long saidAt, bool isNotice)
    {
        Expire(turn, chat);
        var state = turn[chat];
        if (state.LineSaidAt > saidAt || (!isNotice && isStandby != state.IsStandbyAtLine && turn.Now - state.MovedAtLineAt < OwnMoveTime))
            return;

        Move(turn, chat, state with
        {
            IsStandbyAtLine = isStandby, LineSaidAt = saidAt, MovedAtLineAt = isNotice || isStandby != state.IsStandbyAtLine ? null : state.MovedAtLineAt,
        });
    }

    /// <summary>The customer left: the hold ends after that event.</summary>
    private static void Leave(Turn turn, int chat)
    {
        Expire(turn, chat);
        Move(turn, chat, turn[chat].Freed() with { Wish = Wish.None, ReservedFor = null, ReservedUntil = 0, WasGivenForWantOfDefault = false, IsGone = true });
    }

    /// <summary>The customer follows: a hold that was taken before that is over, whether its end was told or not.</summary>
    private static void Return(Turn turn, int chat, long saidAt)
    {
        Expire(turn, chat);
        if (turn[chat] is { Holding: not Holding.None } held && held.TakenAt < saidAt)
            Move(turn, chat, held.Freed() with { Wish = Wish.None, WasGivenForWantOfDefault = false });
    }

    /// <summary>While nobody of ours answers first, a chat is given back at LINE with its first event; once somebody does, it is taken again with its next.</summary>
    private static void FollowDefault(Turn turn, int chat)
    {
        LeaveToLine(turn, chat);
        if (turn[chat] is { Holding: Holding.None, Wish: Wish.None, IsStandbyAtLine: true, WasGivenForWantOfDefault: true } state && DefaultActive(turn.State) is not null)
            turn[chat] = state with { Wish = Wish.Acquire };
    }
}
