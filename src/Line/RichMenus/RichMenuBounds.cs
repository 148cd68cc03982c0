using Line.Validation;

namespace Line.RichMenus;

/// <summary>A rectangle on the picture, in pixels.</summary>
/// <param name="X">From the left.</param>
/// <param name="Y">From the top.</param>
/// <param name="Width">To the right, 1 or more.</param>
/// <param name="Height">Down, 1 or more.</param>
public sealed record RichMenuBounds(int X, int Y, int Width, int Height) : IChecked
{
    void IChecked.Check(FaultFinder faults)
    {
        faults.Range("x", X, 0, int.MaxValue);
        faults.Range("y", Y, 0, int.MaxValue);
        faults.Range("width", Width, 1, int.MaxValue);
        faults.Range("height", Height, 1, int.MaxValue);
    }
}
