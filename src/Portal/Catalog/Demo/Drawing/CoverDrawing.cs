namespace Portal.Catalog.Demo.Drawing;

/// <summary>A listing's cover: where it is at work, and the chat on a phone beside it. No words, so that it serves every language.</summary>
internal static class CoverDrawing
{
    public static string Draw(string scene, string glyph, Palette palette) => $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360">
          <rect width="640" height="360" fill="{palette.Mist}"/>
          <circle cx="226" cy="190" r="186" fill="{palette.Light}" fill-opacity=".55"/>
          <circle cx="588" cy="54" r="92" fill="{palette.Light}" fill-opacity=".6"/>
          <rect y="300" width="640" height="60" fill="{palette.Light}"/>
          {Scenes.Draw(scene, palette)}
          <g transform="translate(440 40)">
            <rect width="150" height="290" rx="26" fill="{Palette.Ink}"/>
            <rect x="8" y="8" width="134" height="274" rx="19" fill="{Palette.Paper}"/>
            <path d="M8 27A19 19 0 0 1 27 8h96a19 19 0 0 1 19 19v21H8z" fill="{palette.Mist}"/>
            <circle cx="30" cy="29" r="10" fill="{palette.Mid}"/><rect x="48" y="24" width="52" height="9" rx="4.500" fill="{palette.Deep}" fill-opacity=".55"/>
            <rect x="56" y="62" width="76" height="22" rx="11" fill="{palette.Mid}"/>
            <rect x="18" y="96" width="92" height="36" rx="12" fill="#ecebf5"/><rect x="28" y="106" width="66" height="6" rx="3" fill="#a9a6c6"/><rect x="28" y="117" width="44" height="6" rx="3" fill="#a9a6c6"/>
            <rect x="18" y="140" width="38" height="20" rx="10" fill="none" stroke="{palette.Deep}" stroke-width="2.500"/><rect x="62" y="140" width="38" height="20" rx="10" fill="none" stroke="{palette.Deep}" stroke-width="2.500"/>
            <rect x="78" y="174" width="54" height="22" rx="11" fill="{palette.Mid}"/>
            <rect x="18" y="208" width="104" height="54" rx="12" fill="{palette.Mist}" stroke="{palette.Light}" stroke-width="2"/><rect x="30" y="220" width="60" height="7" rx="3.500" fill="{palette.Deep}"/><rect x="30" y="233" width="78" height="6" rx="3" fill="{palette.Mid}"/><rect x="30" y="245" width="48" height="6" rx="3" fill="{Palette.Coral}"/>
          </g>
          <g transform="translate(378 212)"><rect width="96" height="96" rx="26" fill="{Palette.Paper}"/><rect x="5" y="5" width="86" height="86" rx="22" fill="{palette.Light}"/>{Glyphs.Draw(glyph, palette)}</g>
        </svg>
        """;
}
