using ControlModel.Model;

namespace ControlModel.Steps;

/// <summary>Release: 200 whether it does something or not.</summary>
public sealed record ReleaseStep(int Id, int Linkage, int Chat, Answer Answer) : Step(Id)
{
    public override bool MayNotHappen => Answer == Answer.None;

    public override bool OnlySees => Answer == Answer.Forbidden;

    public override int? InChat => Chat;

    public override Step Alone() => this with { Chat = 0 };

    public override IEnumerable<Taken> Take(BotState state, Lanes lanes, bool hasBegun)
    {
        var turn = new Turn(state, lanes);
        if (Answer == Answer.Forbidden)
        {
            if (Promises.HasAccess(state, Linkage))
                turn.Refuse("403 to a linkage that has access");
        }
        else
        {
            Promises.Release(turn, Linkage, Chat);
        }

        yield return new Taken(turn);
    }

    public override string ToString() => $"release chat {Chat} by linkage {Linkage} -> {Answer}";
}
