using Line.Validation;

namespace Line;

/// <summary>Lets the person send a place. For quick replies only.</summary>
/// <param name="Label">What stands on the button.</param>
public sealed record LocationAction(string? Label) : LineAction(Label)
{
    private protected override string Kind => "location";

    private protected override bool IsTaken(ActionPlace place) => place == ActionPlace.QuickReply;

    private protected override void CheckOwn(FaultFinder faults)
    {
    }
}
