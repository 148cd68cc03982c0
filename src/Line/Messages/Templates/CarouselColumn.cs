using Line.Validation;

namespace Line;

/// <summary>One card of a <see cref="CarouselTemplate"/>.</summary>
/// <param name="Text">120 grapheme clusters at most, 60 with a title or a picture.</param>
/// <param name="Actions">1 to 3 buttons.</param>
public sealed record CarouselColumn(string Text, IReadOnlyList<LineAction> Actions) : IChecked
{
    /// <summary>40 grapheme clusters at most.</summary>
    public string? Title { get; init; }

    /// <summary>The picture on top: https, JPEG or PNG, 1024 pixels wide and 10 MB at most.</summary>
    public Uri? ThumbnailImageUrl { get; init; }

    /// <summary>Behind the picture, <c>#RRGGBB</c>; LINE's default is white.</summary>
    public string? ImageBackgroundColor { get; init; }

    /// <summary>What a tap beside the buttons does.</summary>
    public LineAction? DefaultAction { get; init; }

    void IChecked.Check(FaultFinder faults)
    {
        faults.Https("thumbnailImageUrl", ThumbnailImageUrl, isRequired: false);
        faults.Length("title", Title, 40, Counting.Graphemes);
        faults.Text("text", Text, Title is null && ThumbnailImageUrl is null ? 120 : 60, Counting.Graphemes);
        faults.Action("defaultAction", DefaultAction, ActionPlace.Area, isRequired: false);
        faults.Actions("actions", Actions, 1, 3, ActionPlace.Template);
    }
}
