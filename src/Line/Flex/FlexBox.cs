using Line.Validation;

namespace Line;

/// <summary>Holds other components.</summary>
/// <param name="Layout">How it puts them.</param>
/// <param name="Contents">Them. In a baseline box: texts, icons, spans and fillers; elsewhere: all but icons, spans and videos.</param>
public sealed record FlexBox(FlexLayout Layout, IReadOnlyList<FlexComponent> Contents) : FlexPlacedComponent
{
    private protected override string Kind => "box";

    /// <summary>Its share of its parent's space.</summary>
    public int? Flex { get; init; }

    /// <summary>Space between its contents: none, xs to xxl or pixels.</summary>
    public FlexLength? Spacing { get; init; }

    /// <summary>Its width: pixels, or a percentage of its parent's.</summary>
    public FlexLength? Width { get; init; }

    /// <summary>Its largest width.</summary>
    public FlexLength? MaxWidth { get; init; }

    /// <summary>Its height: pixels, or a percentage of its parent's.</summary>
    public FlexLength? Height { get; init; }

    /// <summary>Its largest height.</summary>
    public FlexLength? MaxHeight { get; init; }

    /// <summary><c>#RRGGBB</c> or <c>#RRGGBBAA</c>.</summary>
    public string? BackgroundColor { get; init; }

    /// <summary>A colour that runs into another, in place of <see cref="BackgroundColor"/>.</summary>
    public FlexBackground? Background { get; init; }

    /// <summary>The border's colour.</summary>
    public string? BorderColor { get; init; }

    /// <summary>The border's width: none, light, normal, medium, semi-bold, bold or pixels.</summary>
    public FlexLength? BorderWidth { get; init; }

    /// <summary>How round its corners are: none, xs to xxl or pixels.</summary>
    public FlexLength? CornerRadius { get; init; }

    /// <summary>Space between its border and its contents: none, xs to xxl, pixels or a percentage of its parent's width.</summary>
    public FlexLength? PaddingAll { get; init; }

    /// <summary>The same at the top.</summary>
    public FlexLength? PaddingTop { get; init; }

    /// <summary>The same at the bottom.</summary>
    public FlexLength? PaddingBottom { get; init; }

    /// <summary>The same where reading starts.</summary>
    public FlexLength? PaddingStart { get; init; }

    /// <summary>The same where reading ends.</summary>
    public FlexLength? PaddingEnd { get; init; }

    /// <summary>How contents spread along the layout.</summary>
    public FlexJustify? JustifyContent { get; init; }

    /// <summary>How contents stand across the layout.</summary>
    public FlexAlignItems? AlignItems { get; init; }

    /// <summary>What a tap does.</summary>
    public LineAction? Action { get; init; }

    internal override int Animated => Contents?.Sum(component => component?.Animated ?? 0) ?? 0;

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Word<FlexLayout>("layout", Layout);
        if (Contents is null)
            faults.Add("contents", "must be specified");

        faults.Parts("contents", Contents, 0, int.MaxValue);
        CheckKinds(faults);
        base.CheckOwn(faults);
        FlexRules.Length(faults, "spacing", Spacing, FlexRules.Spaces);
        FlexRules.Length(faults, "width", Width, [], takesPercent: true);
        FlexRules.Length(faults, "maxWidth", MaxWidth, [], takesPercent: true);
        FlexRules.Length(faults, "height", Height, [], takesPercent: true);
        FlexRules.Length(faults, "maxHeight", MaxHeight, [], takesPercent: true);
        FlexRules.Colour(faults, "backgroundColor", BackgroundColor);
        faults.Part("background", Background, isRequired: false);
        FlexRules.Colour(faults, "borderColor", BorderColor);
        FlexRules.Length(faults, "borderWidth", BorderWidth, FlexRules.Borders);
        FlexRules.Length(faults, "cornerRadius", CornerRadius, FlexRules.Spaces);
        FlexRules.Length(faults, "paddingAll", PaddingAll, FlexRules.Spaces, takesPercent: true);
        FlexRules.Length(faults, "paddingTop", PaddingTop, FlexRules.Spaces, takesPercent: true);
        FlexRules.Length(faults, "paddingBottom", PaddingBottom, FlexRules.Spaces, takesPercent: true);
        FlexRules.Length(faults, "paddingStart", PaddingStart, FlexRules.Spaces, takesPercent: true);
        FlexRules.Length(faults, "paddingEnd", PaddingEnd, FlexRules.Spaces, takesPercent: true);
        faults.Word("justifyContent", JustifyContent);
        faults.Word("alignItems", AlignItems);
        faults.Action("action", Action, ActionPlace.Area, isRequired: false);
    }

    private void CheckKinds(FaultFinder faults)
    {
        for (var i = 0; i < (Contents?.Count ?? 0); i++)
        {
            var isTaken = Contents![i] switch
            {
                FlexVideo => false,
                FlexSpan or FlexIcon => Layout == FlexLayout.Baseline,
                FlexBox or FlexButton or FlexImage or FlexSeparator => Layout != FlexLayout.Baseline,
                _ => true,
            };
            if (!isTaken)
                faults.Add("contents", i, $"{Contents[i].Type} is not taken in a {Layout} box");
        }
    }
}
