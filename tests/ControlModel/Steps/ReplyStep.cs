using ControlModel.Model;

namespace ControlModel.Steps;

/// <summary>Reply: with a token of the chat's present epoch, once, by the module that got it and is still active. A refusal of LINE's frees the token.</summary>
/// <param name="Linkage">Who calls, be it the token's own linkage or another.</param>
public sealed record ReplyStep(int Id, int Linkage, ReplyToken Token, Answer Answer, bool ReachedLine) : Step(Id)
{
    public override bool MayNotHappen => Answer == Answer.None && !ReachedLine;

    public override bool OnlySees => Answer is Answer.Forbidden or Answer.BadToken;

    public override int? InChat => Token.Chat;

    public override Step Alone() => this with { Token = Token with { Chat = 0 } };

    public override IEnumerable<Taken> Take(BotState state, Lanes lanes, bool hasBegun)
    {
        var turn = new Turn(state, lanes);
        if (hasBegun)
        {
            turn.Set(state with { Spent = state.Spent.Remove(Token.Id) });
            yield return new Taken(turn);
            yield break;
        }

        if (Answer is Answer.Forbidden or Answer.BadToken)
        {
            if (Answer == Answer.Forbidden ? Promises.HasAccess(state, Linkage) : WhyNot(state) is null)
                turn.Refuse("refused to the active module with a good token");
            yield return new Taken(turn);
            yield break;
        }

        if (WhyNot(state) is { } why)
        {
            if (!MayNotHappen)
                turn.Refuse(why);
        }
        else
        {
            turn.Set(state with { Spent = state.Spent.Add(Token.Id) });
        }

        yield return new Taken(turn, IsOver: Answer != Answer.LineRefused);
    }

    public override string ToString() =>
        $"reply into chat {Token.Chat} by linkage {Linkage}, token {Token.Id} of linkage {Token.Linkage} and epoch {Token.Epoch} -> {Answer}{(ReachedLine ? "" : ", not seen by LINE")}";

    private string? WhyNot(BotState state)
    {
        var chat = state.Chats[Token.Chat];
        if (Token.Linkage != Linkage)
            return "the token is another linkage's";
        if (Promises.Active(state, Token.Chat) != Linkage)
            return "admitted for a module that is not active";
        if (chat.HasMovedSince || chat.Epoch != Token.Epoch)
            return "the token is of an earlier epoch";
        if (state.Spent.Contains(Token.Id))
            return "the token is spent, or on its way";
        return state.Now > Token.ReceivedAt + Promises.ReplyTime ? "the token is too old" : null;
    }
}
