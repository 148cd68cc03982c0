using ControlModel.Model;

namespace ControlModel.Steps;

/// <summary>A module detaches itself: as if the owner had ended its linkage. 400 where there is nothing to detach.</summary>
public sealed record DetachStep(int Id, int Linkage, Answer Answer) : Step(Id)
{
    public override bool MayNotHappen => Answer == Answer.None;

    public override bool OnlySees => Answer == Answer.NotDetachable;

    public override IEnumerable<Taken> Take(BotState state, Lanes lanes, bool hasBegun)
    {
        var turn = new Turn(state, lanes);
        var isThere = state.Wire != Wire.Detached && state.Linkages[Linkage] != Standing.Ended;
        if (Answer == Answer.NotDetachable && isThere)
            turn.Refuse("400 to a linkage that is attached");
        else if (Answer == Answer.Done && !isThere)
            turn.Refuse("200 where there was nothing to detach");
        else if (isThere)
            Promises.ChangeAccount(turn, bot => bot with { Linkages = bot.Linkages.SetItem(Linkage, Standing.Ended) });
        yield return new Taken(turn);
    }

    public override string ToString() => $"linkage {Linkage} detaches itself -> {Answer}";
}
