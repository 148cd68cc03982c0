using ControlModel.Model;

namespace ControlModel.Steps;

/// <summary>What LINE said to a release or an acquire of the gateway's own: what was wished of LINE in this chat is settled by it, some time after LINE was asked.</summary>
/// <param name="HasRefused">LINE refused for good (404): the wish is given up.</param>
public sealed record LineStep(int Id, int Chat, Wish Kind, bool HasRefused) : Step(Id)
{
    /// <summary>The call may have been a module's acquire, and the answer may be lost.</summary>
    public override bool MayNotHappen => true;

    public override int? InChat => Chat;

    public override Step Alone() => this with { Chat = 0 };

    public override IEnumerable<Taken> Take(BotState state, Lanes lanes, bool hasBegun)
    {
        var turn = new Turn(state, lanes);
        if (state.Chats[Chat].Wish != Kind)
            turn.Refuse("nothing such is wished");
        else if (HasRefused)
            turn[Chat] = turn[Chat] with { Wish = Wish.None, WasGivenForWantOfDefault = false };
        else
            Promises.Fulfil(turn, Chat);
        yield return new Taken(turn);
    }

    public override string ToString() => $"LINE {(HasRefused ? "refuses" : "does")} what is wished in chat {Chat}: {Kind}";
}
