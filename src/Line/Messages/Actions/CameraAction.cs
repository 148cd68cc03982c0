using Line.Validation;

namespace Line;

/// <summary>Opens the camera. For quick replies only.</summary>
/// <param name="Label">What stands on the button.</param>
public sealed record CameraAction(string? Label) : LineAction(Label)
{
    private protected override string Kind => "camera";

    private protected override bool IsTaken(ActionPlace place) => place == ActionPlace.QuickReply;

    private protected override void CheckOwn(FaultFinder faults)
    {
    }
}
