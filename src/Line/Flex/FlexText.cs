using Line.Validation;

namespace Line;

/// <summary>A text of one style, or of spans.</summary>
/// <param name="Text">The words; null where <see cref="Contents"/> says them.</param>
public sealed record FlexText(string? Text = null) : FlexPlacedComponent
{
    private protected override string Kind => "text";

    /// <summary>Pieces of different styles, in place of <see cref="Text"/>.</summary>
    public IReadOnlyList<FlexSpan>? Contents { get; init; }

    /// <summary>Its share of its parent's space.</summary>
    public int? Flex { get; init; }

    /// <summary>How large letters are: xxs to 5xl or pixels; LINE's default is md.</summary>
    public FlexLength? Size { get; init; }

    /// <summary>Where it stands from side to side.</summary>
    public FlexAlign? Align { get; init; }

    /// <summary>Where it stands from top to bottom.</summary>
    public FlexGravity? Gravity { get; init; }

    /// <summary><c>#RRGGBB</c> or <c>#RRGGBBAA</c>.</summary>
    public string? Color { get; init; }

    /// <summary>How heavy letters are.</summary>
    public FlexWeight? Weight { get; init; }

    /// <summary>How letters stand.</summary>
    public FlexTextStyle? Style { get; init; }

    /// <summary>A line through or under them.</summary>
    public FlexDecoration? Decoration { get; init; }

    /// <summary>Whether it goes on in the next line; else it ends with an ellipsis.</summary>
    public bool? Wrap { get; init; }

    /// <summary>Space between lines, in pixels, in a text that wraps.</summary>
    public FlexLength? LineSpacing { get; init; }

    /// <summary>Most lines; 0 is any number.</summary>
    public int? MaxLines { get; init; }

    /// <summary>What happens to letters that do not fit.</summary>
    public FlexAdjustMode? AdjustMode { get; init; }

    /// <summary>Whether letters grow with the phone's letter size.</summary>
    public bool? Scaling { get; init; }

    /// <summary>What a tap does.</summary>
    public LineAction? Action { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        if (Text is null && Contents is null)
            faults.Add("text", "must be specified");

        if (Text?.Length == 0 && Contents is not { Count: > 0 })
            faults.Add("text", "May not be empty");

        faults.Parts("contents", Contents, 0, int.MaxValue);
        FlexRules.Length(faults, "size", Size, FlexRules.Letters);
        faults.Word("align", Align);
        faults.Word("gravity", Gravity);
        FlexRules.Colour(faults, "color", Color);
        faults.Word("weight", Weight);
        faults.Word("style", Style);
        faults.Word("decoration", Decoration);
        FlexRules.Length(faults, "lineSpacing", LineSpacing, []);
        faults.Range("maxLines", MaxLines, 0, int.MaxValue);
        faults.Word("adjustMode", AdjustMode);
        faults.Action("action", Action, ActionPlace.Area, isRequired: false);
        base.CheckOwn(faults);
    }
}
