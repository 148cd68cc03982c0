using Line.Validation;

namespace Line;

/// <summary>A part of the picture, measured in <see cref="ImagemapMessage.BaseSize"/>.</summary>
/// <param name="X">From the left.</param>
/// <param name="Y">From the top.</param>
/// <param name="Width">To the right.</param>
/// <param name="Height">Down.</param>
public sealed record ImagemapArea(int X, int Y, int Width, int Height) : IChecked
{
    void IChecked.Check(FaultFinder faults)
    {
        faults.Range("x", X, 0, int.MaxValue);
        faults.Range("y", Y, 0, int.MaxValue);
        faults.Range("width", Width, 1, int.MaxValue);
        faults.Range("height", Height, 1, int.MaxValue);
    }
}
