namespace Portal.Catalog.Demo.Drawing;

/// <summary>A listing's icon: its sign on its vertical's colour.</summary>
internal static class IconDrawing
{
    public static string Draw(string glyph, Palette palette) => $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">
          <rect width="96" height="96" rx="24" fill="{palette.Light}"/>
          <path d="M0 62C26 50 62 84 96 58v14a24 24 0 0 1-24 24H24A24 24 0 0 1 0 72z" fill="{palette.Mid}" fill-opacity=".45"/>
          {Glyphs.Draw(glyph, palette)}
        </svg>
        """;
}
