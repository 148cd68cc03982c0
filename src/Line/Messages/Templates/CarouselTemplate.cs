using Line.Validation;

namespace Line;

/// <summary>Cards side by side.</summary>
/// <param name="Columns">1 to 10, with the same number of buttons each; either all or none have a picture, and a title.</param>
public sealed record CarouselTemplate(IReadOnlyList<CarouselColumn> Columns) : MessageTemplate
{
    /// <summary>Most cards side by side.</summary>
    public const int ColumnsMax = 10;

    private protected override string Kind => "carousel";

    /// <summary>The shape of all pictures.</summary>
    public TemplateImageRatio? ImageAspectRatio { get; init; }

    /// <summary>How all pictures fill their frames.</summary>
    public TemplateImageSize? ImageSize { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Word("imageAspectRatio", ImageAspectRatio);
        faults.Word("imageSize", ImageSize);
        faults.Parts("columns", Columns, 1, ColumnsMax);
        for (var i = 1; i < (Columns?.Count ?? 0); i++)
        {
            if (Columns![i] is not { } column || Columns[0] is not { } first)
                continue;

            if (column.Actions?.Count != first.Actions?.Count)
                faults.Add("columns", i, "all columns must have the same number of actions");

            if ((column.ThumbnailImageUrl is null) != (first.ThumbnailImageUrl is null) || (column.Title is null) != (first.Title is null))
                faults.Add("columns", i, "either all columns or none must have an image, and a title");
        }
    }
}
