using Line.Validation;

namespace Line;

/// <summary>Opens the phone's album. For quick replies only.</summary>
/// <param name="Label">What stands on the button.</param>
public sealed record CameraRollAction(string? Label) : LineAction(Label)
{
    private protected override string Kind => "cameraRoll";

    private protected override bool IsTaken(ActionPlace place) => place == ActionPlace.QuickReply;

    private protected override void CheckOwn(FaultFinder faults)
    {
    }
}
