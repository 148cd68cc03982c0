namespace EndToEnd.Browsing;

/// <summary>A window's inner size in CSS pixels.</summary>
public readonly record struct Size(int Width, int Height)
{
    /// <summary>The narrowest phone that we promise to serve.</summary>
    public static readonly Size Phone = new(360, 740);

    public static readonly Size Desk = new(1440, 900);
}
