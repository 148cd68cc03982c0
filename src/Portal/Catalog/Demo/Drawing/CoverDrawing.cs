namespace Portal.Catalog.Demo.Drawing;

/// <summary>A listing's cover: where it is at work, and a chat in the air. No words, so that it serves every language.</summary>
internal static class CoverDrawing
{
    public static string Draw(string scene, string glyph, Palette palette) => $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360">
          <rect width="640" height="360" fill="{palette.Mist}"/>
          <circle cx="226" cy="190" r="186" fill="{palette.Light}" fill-opacity=".55"/>
          <rect y="300" width="640" height="60" fill="{palette.Light}"/>
          {Scenes.Draw(scene, palette)}
          <rect x="410" y="40" width="150" height="38" rx="19" fill="{Palette.Paper}"/><rect x="430" y="55" width="74" height="8" rx="4" fill="{palette.Mid}"/>
          <rect x="436" y="90" width="120" height="38" rx="19" fill="{palette.Mid}"/><rect x="456" y="105" width="60" height="8" rx="4" fill="{Palette.Paper}" fill-opacity=".9"/>
          <rect x="410" y="142" width="52" height="28" rx="14" fill="none" stroke="{palette.Deep}" stroke-width="3"/><rect x="472" y="142" width="52" height="28" rx="14" fill="none" stroke="{palette.Deep}" stroke-width="3"/>
          <g transform="translate(368 214)"><rect width="96" height="96" rx="26" fill="{Palette.Paper}"/><rect x="5" y="5" width="86" height="86" rx="22" fill="{palette.Light}"/>{Glyphs.Draw(glyph, palette)}</g>
        </svg>
        """;
}
