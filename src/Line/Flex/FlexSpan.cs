using Line.Validation;

namespace Line;

/// <summary>A piece of a <see cref="FlexText"/>.</summary>
/// <param name="Text">The words.</param>
public sealed record FlexSpan(string Text) : FlexComponent
{
    private protected override string Kind => "span";

    /// <summary>How large letters are: xxs to 5xl or pixels.</summary>
    public FlexLength? Size { get; init; }

    /// <summary><c>#RRGGBB</c> or <c>#RRGGBBAA</c>.</summary>
    public string? Color { get; init; }

    /// <summary>How heavy letters are.</summary>
    public FlexWeight? Weight { get; init; }

    /// <summary>How letters stand.</summary>
    public FlexTextStyle? Style { get; init; }

    /// <summary>A line through or under them.</summary>
    public FlexDecoration? Decoration { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Given("text", Text);
        FlexRules.Length(faults, "size", Size, FlexRules.Letters);
        FlexRules.Colour(faults, "color", Color);
        faults.Word("weight", Weight);
        faults.Word("style", Style);
        faults.Word("decoration", Decoration);
    }
}
