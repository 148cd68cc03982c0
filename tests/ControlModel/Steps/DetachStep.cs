using ControlModel.Model;

namespace ControlModel.Steps;

/// <summary>A module detaches itself: as if the owner had ended its linkage. 400 where there is nothing to detach.</summary>
public sealed record DetachStep(int Id, int Linkage, Answer Answer) : Step(Id)
{
    public override bool MayNotHappen => Answer == Answer.None;

    public override bool OnlySees => Answer == Answer.NotDetachable;

    public override IEnumerable<Taken> Take(BotState state, Lanes lanes, bool hasBegun)
    {
        var isThere = state.Wire != Wire.Detached && state.Linkages[Linkage] != Standing.Ended;
        if (Answer == Answer.NotDetachable && isThere)
            return [Taken.Refused(state, lanes, "400 to a linkage that is attached")];
        if (Answer == Answer.Done && !isThere)
            return [Taken.Refused(state, lanes, "200 where there was nothing to detach")];
        if (!isThere)
            return [new Taken(new Turn(state, lanes))];

        return Promises.ChangesOfAccount(state, lanes, bot => bot with { Linkages = bot.Linkages.SetItem(Linkage, Standing.Ended) }).Select(turn => new Taken(turn));
    }

    public override string ToString() => $"linkage {Linkage} detaches itself -> {Answer}";
}
