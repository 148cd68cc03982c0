using Line.Validation;

namespace Line;

/// <summary>Pictures side by side.</summary>
/// <param name="Columns">1 to 10.</param>
public sealed record ImageCarouselTemplate(IReadOnlyList<ImageCarouselColumn> Columns) : MessageTemplate
{
    private protected override string Kind => "image_carousel";

    private protected override void CheckOwn(FaultFinder faults) => faults.Parts("columns", Columns, 1, CarouselTemplate.ColumnsMax);
}
