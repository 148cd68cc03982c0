namespace Line;

/// <summary>Short ways to write Flex messages. Everything it makes is a record: whatever it has no word for is a <c>with</c> away.</summary>
/// <example><code>
/// var message = Flex.Message("Your table", Flex.Bubble(
///     body: Flex.Vertical(
///         Flex.Text("Table for two").Bold().Sized(FlexLength.Xl),
///         Flex.Separator(),
///         Flex.Text("Saturday at 19:00").Coloured("#555555").Wrapping()),
///     footer: Flex.Vertical(Flex.Button(new PostbackAction("Cancel it", "cancel=17"), FlexButtonStyle.Secondary))));
/// </code></example>
public static class Flex
{
    /// <summary>A message of one bubble, or of some side by side.</summary>
    public static FlexMessage Message(string altText, FlexContainer contents) => new(altText, contents);

    /// <summary>One bubble.</summary>
    public static FlexBubble Bubble(FlexBox? body = null, FlexComponent? hero = null, FlexBox? header = null, FlexBox? footer = null, FlexBubbleSize? size = null) =>
        new() { Header = header, Hero = hero, Body = body, Footer = footer, Size = size };

    /// <summary>Bubbles side by side.</summary>
    public static FlexCarousel Carousel(params IEnumerable<FlexBubble> bubbles) => new([.. bubbles]);

    /// <summary>Components one under another.</summary>
    public static FlexBox Vertical(params IEnumerable<FlexComponent> contents) => new(FlexLayout.Vertical, [.. contents]);

    /// <summary>Components side by side.</summary>
    public static FlexBox Horizontal(params IEnumerable<FlexComponent> contents) => new(FlexLayout.Horizontal, [.. contents]);

    /// <summary>Texts and icons side by side on one line of writing.</summary>
    public static FlexBox Baseline(params IEnumerable<FlexComponent> contents) => new(FlexLayout.Baseline, [.. contents]);

    /// <summary>A text.</summary>
    public static FlexText Text(string text) => new(text);

    /// <summary>A text of pieces.</summary>
    public static FlexText Text(params IEnumerable<FlexSpan> spans) => new() { Contents = [.. spans] };

    /// <summary>A piece of a text.</summary>
    public static FlexSpan Span(string text) => new(text);

    /// <summary>A button.</summary>
    public static FlexButton Button(LineAction action, FlexButtonStyle? style = null) => new(action) { Style = style };

    /// <summary>A picture.</summary>
    public static FlexImage Image(Uri url, FlexLength? size = null, string? aspectRatio = null, FlexAspectMode? aspectMode = null) =>
        new(url) { Size = size, AspectRatio = aspectRatio, AspectMode = aspectMode };

    /// <summary>A small picture beside words.</summary>
    public static FlexIcon Icon(Uri url, FlexLength? size = null) => new(url) { Size = size };

    /// <summary>A line between components.</summary>
    public static FlexSeparator Separator(FlexLength? margin = null) => new() { Margin = margin };

    /// <summary>The same text in heavy letters.</summary>
    public static FlexText Bold(this FlexText text) => text with { Weight = FlexWeight.Bold };

    /// <summary>The same text in letters of another size.</summary>
    public static FlexText Sized(this FlexText text, FlexLength size) => text with { Size = size };

    /// <summary>The same text in another colour, <c>#RRGGBB</c>.</summary>
    public static FlexText Coloured(this FlexText text, string color) => text with { Color = color };

    /// <summary>The same text, going on in the next line where it is long.</summary>
    public static FlexText Wrapping(this FlexText text) => text with { Wrap = true };

    /// <summary>The same piece in heavy letters.</summary>
    public static FlexSpan Bold(this FlexSpan span) => span with { Weight = FlexWeight.Bold };

    /// <summary>The same piece in another colour, <c>#RRGGBB</c>.</summary>
    public static FlexSpan Coloured(this FlexSpan span, string color) => span with { Color = color };

    /// <summary>The same box with space between its contents.</summary>
    public static FlexBox Spaced(this FlexBox box, FlexLength spacing) => box with { Spacing = spacing };

    /// <summary>The same box with space around its contents.</summary>
    public static FlexBox Padded(this FlexBox box, FlexLength padding) => box with { PaddingAll = padding };

    /// <summary>The same box on a colour, <c>#RRGGBB</c>.</summary>
    public static FlexBox On(this FlexBox box, string color) => box with { BackgroundColor = color };

    /// <summary>The same component with its share of the space.</summary>
    public static FlexText Share(this FlexText text, int flex) => text with { Flex = flex };

    /// <summary>The same box with its share of the space.</summary>
    public static FlexBox Share(this FlexBox box, int flex) => box with { Flex = flex };
}
