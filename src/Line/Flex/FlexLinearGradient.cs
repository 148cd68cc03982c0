using Line.Validation;

namespace Line;

/// <summary>A colour that runs into another along a straight line.</summary>
/// <param name="Angle">The line's direction, <c>0deg</c> (from bottom to top) to <c>360deg</c>, clockwise.</param>
/// <param name="StartColor"><c>#RRGGBB</c> or <c>#RRGGBBAA</c>.</param>
/// <param name="EndColor"><c>#RRGGBB</c> or <c>#RRGGBBAA</c>.</param>
public sealed record FlexLinearGradient(string Angle, string StartColor, string EndColor) : FlexBackground
{
    private protected override string Kind => "linearGradient";

    /// <summary>A third colour between them.</summary>
    public string? CenterColor { get; init; }

    /// <summary>Where the third colour stands, <c>0%</c> to <c>100%</c>; LINE's default is the middle.</summary>
    public string? CenterPosition { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Given("angle", Angle);
        faults.Given("startColor", StartColor);
        faults.Given("endColor", EndColor);
        FlexRules.Colour(faults, "startColor", StartColor);
        FlexRules.Colour(faults, "endColor", EndColor);
        FlexRules.Colour(faults, "centerColor", CenterColor);
    }
}
