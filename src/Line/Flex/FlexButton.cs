using Line.Validation;

namespace Line;

/// <summary>A button.</summary>
/// <param name="Action">What it does; its label has 1 to 40 grapheme clusters.</param>
public sealed record FlexButton(LineAction Action) : FlexPlacedComponent
{
    private protected override string Kind => "button";

    /// <summary>Its share of its parent's space.</summary>
    public int? Flex { get; init; }

    /// <summary>How it looks.</summary>
    public FlexButtonStyle? Style { get; init; }

    /// <summary>Its background, or its letters where it is a link.</summary>
    public string? Color { get; init; }

    /// <summary>How high it is.</summary>
    public FlexButtonHeight? Height { get; init; }

    /// <summary>Where it stands from top to bottom.</summary>
    public FlexGravity? Gravity { get; init; }

    /// <summary>What happens to a label that does not fit.</summary>
    public FlexAdjustMode? AdjustMode { get; init; }

    /// <summary>Whether letters grow with the phone's letter size.</summary>
    public bool? Scaling { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Action("action", Action, ActionPlace.FlexButton);
        faults.Word("style", Style);
        FlexRules.Colour(faults, "color", Color);
        faults.Word("height", Height);
        faults.Word("gravity", Gravity);
        faults.Word("adjustMode", AdjustMode);
        base.CheckOwn(faults);
    }
}
