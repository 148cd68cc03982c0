using Line.Validation;

namespace Line;

/// <summary>A small picture beside words; in baseline boxes only.</summary>
/// <param name="Url">https, JPEG or PNG, 1024 × 1024 pixels, 1 MB and 2000 characters at most.</param>
public sealed record FlexIcon(Uri Url) : FlexPlacedComponent
{
    private protected override string Kind => "icon";

    /// <summary>Its largest width: xxs to 5xl or pixels.</summary>
    public FlexLength? Size { get; init; }

    /// <summary>Its shape, <c>width:height</c>; LINE's default is <c>1:1</c>.</summary>
    public string? AspectRatio { get; init; }

    /// <summary>Whether it grows with the phone's letter size.</summary>
    public bool? Scaling { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Https("url", Url);
        FlexRules.Length(faults, "size", Size, FlexRules.Letters);
        FlexRules.Ratio(faults, "aspectRatio", AspectRatio);
        base.CheckOwn(faults);
    }
}
