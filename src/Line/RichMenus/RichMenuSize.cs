using Line.Validation;

namespace Line.RichMenus;

/// <summary>The size of a rich menu's picture, in pixels.</summary>
/// <param name="Width">800 to 2500, at least 1.45 times the height.</param>
/// <param name="Height">250 or more.</param>
public sealed record RichMenuSize(int Width, int Height) : IChecked
{
    /// <summary>The large menu of LINE's own samples.</summary>
    public static readonly RichMenuSize Full = new(2500, 1686);

    /// <summary>The half-high menu of LINE's own samples.</summary>
    public static readonly RichMenuSize Half = new(2500, 843);

    void IChecked.Check(FaultFinder faults)
    {
        faults.Range("width", Width, 800, 2500);
        faults.Range("height", Height, 250, int.MaxValue);
        if (Width < 1.45 * Height)
            faults.Add("height", "the width must be at least 1.45 times the height");
    }
}
