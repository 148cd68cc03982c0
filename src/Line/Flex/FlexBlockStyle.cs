using Line.Validation;

namespace Line;

/// <summary>Colour and line of one block.</summary>
public sealed record FlexBlockStyle : IChecked
{
    /// <summary><c>#RRGGBB</c> or <c>#RRGGBBAA</c>.</summary>
    public string? BackgroundColor { get; init; }

    /// <summary>Whether a line stands above it; not above the first block.</summary>
    public bool? Separator { get; init; }

    /// <summary>The line's colour.</summary>
    public string? SeparatorColor { get; init; }

    void IChecked.Check(FaultFinder faults)
    {
        FlexRules.Colour(faults, "backgroundColor", BackgroundColor);
        FlexRules.Colour(faults, "separatorColor", SeparatorColor);
    }
}
