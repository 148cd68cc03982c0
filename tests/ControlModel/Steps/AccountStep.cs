using ControlModel.Model;

namespace ControlModel.Steps;

/// <summary>The owner changes how a linkage stands.</summary>
public sealed record StandingStep(int Id, int Linkage, Standing Standing) : Step(Id)
{
    public override IEnumerable<Taken> Take(BotState state, Lanes lanes, bool hasBegun) =>
        Promises.ChangesOfAccount(state, lanes, bot => bot with { Linkages = bot.Linkages.SetItem(Linkage, Standing) }).Select(turn => new Taken(turn));

    public override string ToString() => $"linkage {Linkage} becomes {Standing}";
}

/// <summary>The owner chooses who answers first; null: LINE's own channel.</summary>
public sealed record DefaultStep(int Id, int? Linkage) : Step(Id)
{
    public override IEnumerable<Taken> Take(BotState state, Lanes lanes, bool hasBegun) =>
        Promises.ChangesOfAccount(state, lanes, bot => bot with { Default = Linkage }).Select(turn => new Taken(turn));

    public override string ToString() => $"{(Linkage is { } first ? $"linkage {first}" : "nobody")} answers first";
}

/// <summary>The store's time moves.</summary>
public sealed record TimeStep(int Id, long Millis) : Step(Id)
{
    public override IEnumerable<Taken> Take(BotState state, Lanes lanes, bool hasBegun)
    {
        var turn = new Turn(state, lanes);
        turn.Set(state.At(state.Now + Millis));
        yield return new Taken(turn);
    }

    public override string ToString() => $"time moves by {Millis} ms";
}
