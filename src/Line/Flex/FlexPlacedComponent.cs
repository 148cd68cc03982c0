using System.Text.Json.Serialization;
using Line.Validation;

namespace Line;

/// <summary>A component that can be moved from where it would stand.</summary>
public abstract record FlexPlacedComponent : FlexComponent
{
    private protected FlexPlacedComponent()
    {
    }

    /// <summary>Space before it: none, xs to xxl or pixels; it outranks the box's spacing.</summary>
    [JsonPropertyOrder(1)]
    public FlexLength? Margin { get; init; }

    /// <summary>What offsets are measured from.</summary>
    [JsonPropertyOrder(1)]
    public FlexPosition? Position { get; init; }

    /// <summary>Down from there: none, xs to xxl, pixels or a percentage of the parent's height.</summary>
    [JsonPropertyOrder(1)]
    public FlexLength? OffsetTop { get; init; }

    /// <summary>Up from there.</summary>
    [JsonPropertyOrder(1)]
    public FlexLength? OffsetBottom { get; init; }

    /// <summary>From where reading starts; a percentage is of the parent's width.</summary>
    [JsonPropertyOrder(1)]
    public FlexLength? OffsetStart { get; init; }

    /// <summary>From where reading ends.</summary>
    [JsonPropertyOrder(1)]
    public FlexLength? OffsetEnd { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        FlexRules.Length(faults, "margin", Margin, FlexRules.Spaces);
        faults.Word("position", Position);
        FlexRules.Length(faults, "offsetTop", OffsetTop, FlexRules.Spaces, takesPercent: true);
        FlexRules.Length(faults, "offsetBottom", OffsetBottom, FlexRules.Spaces, takesPercent: true);
        FlexRules.Length(faults, "offsetStart", OffsetStart, FlexRules.Spaces, takesPercent: true);
        FlexRules.Length(faults, "offsetEnd", OffsetEnd, FlexRules.Spaces, takesPercent: true);
    }
}
