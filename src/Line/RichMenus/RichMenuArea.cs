using Line.Validation;

namespace Line.RichMenus;

/// <summary>A part of the picture to tap.</summary>
/// <param name="Bounds">Where.</param>
/// <param name="Action">What it does: postback, message, URI, date and time, switch or clipboard.</param>
public sealed record RichMenuArea(RichMenuBounds Bounds, LineAction Action) : IChecked
{
    void IChecked.Check(FaultFinder faults)
    {
        faults.Part("bounds", Bounds);
        faults.Action("action", Action, ActionPlace.RichMenu);
    }
}
