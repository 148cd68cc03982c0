using Line.Validation;

namespace Line;

/// <summary>A picture.</summary>
/// <param name="Url">https, JPEG or PNG, 1024 × 1024 pixels, 10 MB (300 KB where it moves) and 2000 characters at most.</param>
public sealed record FlexImage(Uri Url) : FlexPlacedComponent
{
    private protected override string Kind => "image";

    /// <summary>Its share of its parent's space.</summary>
    public int? Flex { get; init; }

    /// <summary>Where it stands from side to side.</summary>
    public FlexAlign? Align { get; init; }

    /// <summary>Where it stands from top to bottom.</summary>
    public FlexGravity? Gravity { get; init; }

    /// <summary>Its largest width: xxs to 5xl, full, pixels or a percentage.</summary>
    public FlexLength? Size { get; init; }

    /// <summary>Its shape, <c>width:height</c>; LINE's default is <c>1:1</c>.</summary>
    public string? AspectRatio { get; init; }

    /// <summary>What happens where it has another shape.</summary>
    public FlexAspectMode? AspectMode { get; init; }

    /// <summary>Behind it, <c>#RRGGBB</c> or <c>#RRGGBBAA</c>.</summary>
    public string? BackgroundColor { get; init; }

    /// <summary>What a tap does.</summary>
    public LineAction? Action { get; init; }

    /// <summary>Whether an APNG moves.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("animated")]
    public bool? IsAnimated { get; init; }

    internal override int Animated => IsAnimated == true ? 1 : 0;

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Https("url", Url);
        faults.Word("align", Align);
        faults.Word("gravity", Gravity);
        FlexRules.Length(faults, "size", Size, FlexRules.Pictures, takesPercent: true);
        FlexRules.Ratio(faults, "aspectRatio", AspectRatio);
        faults.Word("aspectMode", AspectMode);
        FlexRules.Colour(faults, "backgroundColor", BackgroundColor);
        faults.Action("action", Action, ActionPlace.Area, isRequired: false);
        base.CheckOwn(faults);
    }
}
