using Line.Validation;

namespace Line;

/// <summary>A line between components.</summary>
public sealed record FlexSeparator : FlexComponent
{
    private protected override string Kind => "separator";

    /// <summary>Space before it: none, xs to xxl or pixels.</summary>
    public FlexLength? Margin { get; init; }

    /// <summary><c>#RRGGBB</c> or <c>#RRGGBBAA</c>.</summary>
    public string? Color { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        FlexRules.Length(faults, "margin", Margin, FlexRules.Spaces);
        FlexRules.Colour(faults, "color", Color);
    }
}
