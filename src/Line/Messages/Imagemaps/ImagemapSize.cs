using Line.Validation;

namespace Line;

/// <summary>The size of an imagemap's picture.</summary>
/// <param name="Width">1040: LINE takes no other.</param>
/// <param name="Height">The height that belongs to it.</param>
public sealed record ImagemapSize(int Width, int Height) : IChecked
{
    /// <summary>The one width.</summary>
    public const int WidthOnly = 1040;

    /// <summary>A picture of this height.</summary>
    public static ImagemapSize OfHeight(int height) => new(WidthOnly, height);

    void IChecked.Check(FaultFinder faults)
    {
        faults.Range("width", Width, WidthOnly, WidthOnly);
        faults.Range("height", Height, 1, int.MaxValue);
    }
}
