namespace Portal.Catalog.Demo.Drawing;

/// <summary>The few colours of one drawing: a vertical's quiet hue in four depths, beside the house's ink and coral.</summary>
internal sealed record Palette(string Mist, string Light, string Mid, string Deep)
{
    public const string Ink = "#2b2766";
    public const string Coral = "#f2745c";
    public const string Blush = "#ffd9cf";
    public const string Paper = "#ffffff";

    public static Palette Of(string vertical) => vertical switch
    {
        "food" => new("#fdf2d8", "#f9e0ab", "#ecb04f", "#8a5a00"),
        "salon" => new("#fcebf2", "#f6cadd", "#e08bb0", "#98295a"),
        "retail" => new("#e0f3f2", "#b5dedb", "#5fb3ad", "#0d6060"),
        _ => new("#ecebf7", "#cfcdea", "#8d88c9", "#3f38a8"),
    };
}
