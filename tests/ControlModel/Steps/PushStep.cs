using ControlModel.Model;

namespace ControlModel.Steps;

/// <summary>Push: admitted for the module that is active at its point of the order, and for nobody else.</summary>
/// <param name="ReachedLine">Whether LINE saw it: then it was admitted, whatever the caller heard.</param>
public sealed record PushStep(int Id, int Linkage, int Chat, Answer Answer, bool ReachedLine) : Step(Id)
{
    public override bool MayNotHappen => Answer == Answer.None && !ReachedLine;

    public override bool OnlySees => true;

    public override int? InChat => Chat;

    public override Step Alone() => this with { Chat = 0 };

    public override IEnumerable<Taken> Take(BotState state, Lanes lanes, bool hasBegun)
    {
        var turn = new Turn(state, lanes);
        var mayHave = Promises.Active(state, Chat) == Linkage;
        if (Answer == Answer.Forbidden && mayHave)
            turn.Refuse("403 to the active module");
        else if (Answer != Answer.Forbidden && !MayNotHappen && !mayHave)
            turn.Refuse("admitted for a module that is not active");
        yield return new Taken(turn);
    }

    public override string ToString() => $"push into chat {Chat} by linkage {Linkage} -> {Answer}{(ReachedLine ? "" : ", not seen by LINE")}";
}
