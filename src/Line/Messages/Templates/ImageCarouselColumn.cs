using Line.Validation;

namespace Line;

/// <summary>One picture of an <see cref="ImageCarouselTemplate"/>.</summary>
/// <param name="ImageUrl">https, JPEG or PNG, square, 1024 pixels wide and 10 MB at most.</param>
/// <param name="Action">What a tap does; its label, which may be missing, has 12 grapheme clusters at most.</param>
public sealed record ImageCarouselColumn(Uri ImageUrl, LineAction Action) : IChecked
{
    void IChecked.Check(FaultFinder faults)
    {
        faults.Https("imageUrl", ImageUrl);
        faults.Action("action", Action, ActionPlace.ImageCarousel);
    }
}
