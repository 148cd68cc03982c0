using Line.Validation;

namespace Line;

/// <summary>A text, perhaps with a title and a picture, over 1 to 4 buttons.</summary>
/// <param name="Text">160 grapheme clusters at most, 60 with a title or a picture.</param>
/// <param name="Actions">The buttons.</param>
public sealed record ButtonsTemplate(string Text, IReadOnlyList<LineAction> Actions) : MessageTemplate
{
    private protected override string Kind => "buttons";

    /// <summary>40 grapheme clusters at most.</summary>
    public string? Title { get; init; }

    /// <summary>The picture on top: https, JPEG or PNG, 1024 pixels wide and 10 MB at most.</summary>
    public Uri? ThumbnailImageUrl { get; init; }

    /// <summary>The picture's shape.</summary>
    public TemplateImageRatio? ImageAspectRatio { get; init; }

    /// <summary>How the picture fills its frame.</summary>
    public TemplateImageSize? ImageSize { get; init; }

    /// <summary>Behind the picture, <c>#RRGGBB</c>; LINE's default is white.</summary>
    public string? ImageBackgroundColor { get; init; }

    /// <summary>What a tap beside the buttons does.</summary>
    public LineAction? DefaultAction { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Https("thumbnailImageUrl", ThumbnailImageUrl, isRequired: false);
        faults.Word("imageAspectRatio", ImageAspectRatio);
        faults.Word("imageSize", ImageSize);
        faults.Length("title", Title, 40, Counting.Graphemes);
        faults.Text("text", Text, Title is null && ThumbnailImageUrl is null ? 160 : 60, Counting.Graphemes);
        faults.Action("defaultAction", DefaultAction, ActionPlace.Area, isRequired: false);
        faults.Actions("actions", Actions, 1, 4, ActionPlace.Template);
    }
}
