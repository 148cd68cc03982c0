using System.Collections.Frozen;

namespace Portal.Catalog.Demo.Drawing;

/// <summary>Where a module is at work, drawn in the left two thirds of a field of 640 × 360 that stands on a floor at 300.</summary>
internal static class Scenes
{
    private static readonly FrozenDictionary<string, Func<Palette, string>> All = new Dictionary<string, Func<Palette, string>>
    {
        ["counter"] = p => $"""
            <rect x="60" y="206" width="330" height="94" rx="10" fill="{p.Mid}"/><rect x="46" y="190" width="358" height="24" rx="12" fill="{p.Deep}"/>
            <path d="M96 230v54M152 230v54M208 230v54M264 230v54M320 230v54" stroke="{p.Light}" stroke-width="4" stroke-opacity=".7"/>
            <rect x="92" y="128" width="62" height="62" rx="10" fill="{Palette.Paper}"/><path d="M154 142h12a13 13 0 0 1 0 28h-12" fill="none" stroke="{Palette.Paper}" stroke-width="8"/><path d="M112 112c-7-9 7-13 0-24M134 112c-7-9 7-13 0-24" fill="none" stroke="{p.Mid}" stroke-width="5"/>
            <path d="M330 190v-44c-26 0-34-16-34-34 24 0 34 12 34 34 0-22 12-40 38-40 0 24-12 40-38 40" fill="{Palette.Ink}" fill-opacity=".82"/><path d="M306 160h48l-6 30h-36z" fill="{Palette.Coral}"/>
            """,
        ["desk"] = p => $"""
            <rect x="56" y="212" width="340" height="16" rx="8" fill="{p.Deep}"/><path d="M86 228v72M366 228v72" stroke="{p.Deep}" stroke-width="10"/>
            <rect x="112" y="112" width="160" height="100" rx="10" fill="{Palette.Ink}"/><rect x="122" y="122" width="140" height="80" rx="4" fill="{Palette.Paper}"/>
            <rect x="132" y="134" width="70" height="14" rx="7" fill="{p.Light}"/><rect x="182" y="156" width="70" height="14" rx="7" fill="{p.Mid}"/><rect x="132" y="178" width="50" height="14" rx="7" fill="{p.Light}"/>
            <circle cx="332" cy="128" r="26" fill="{Palette.Blush}"/><path d="M306 124a26 26 0 0 1 52 0c-12 2-30-2-38-12-2 6-8 11-14 12z" fill="{Palette.Ink}"/><path d="M290 212c0-32 18-50 42-50s42 18 42 50z" fill="{Palette.Coral}"/>
            """,
        ["street"] = p => $"""
            <rect x="70" y="120" width="300" height="180" rx="8" fill="{Palette.Paper}"/><path d="M54 96h332l18 44a22 22 0 0 1-44 2 23 23 0 0 1-46 0 23 23 0 0 1-46 0 23 23 0 0 1-46 0 23 23 0 0 1-46 0 23 23 0 0 1-46 0 22 22 0 0 1-44-2z" fill="{p.Mid}"/>
            <path d="M132 96l-10 46M220 96v46M308 96l10 46" stroke="{Palette.Paper}" stroke-width="10" stroke-opacity=".7"/>
            <rect x="96" y="188" width="150" height="70" rx="6" fill="{p.Light}"/><rect x="276" y="180" width="68" height="120" rx="6" fill="{p.Deep}"/><circle cx="332" cy="242" r="4" fill="{Palette.Paper}"/>
            <circle cx="132" cy="224" r="15" fill="{Palette.Coral}"/><circle cx="172" cy="228" r="12" fill="{p.Deep}"/><circle cx="208" cy="222" r="17" fill="{p.Mid}"/>
            <path d="M410 300v-96M410 204c-22-4-30-22-26-42 22 0 30 20 26 42 2-24 12-40 34-40 2 24-12 38-34 40" stroke="{p.Deep}" stroke-width="6" fill="{p.Mid}"/>
            """,
        ["table"] = p => $"""
            <ellipse cx="224" cy="214" rx="168" ry="28" fill="{p.Deep}"/><ellipse cx="224" cy="206" rx="168" ry="26" fill="{p.Mid}"/><path d="M224 240v60M184 300h80" stroke="{p.Deep}" stroke-width="12"/>
            <ellipse cx="150" cy="200" rx="52" ry="12" fill="{Palette.Paper}"/><path d="M110 196a40 40 0 0 1 80 0z" fill="{p.Light}"/><path d="M128 170c12-10 32-10 44 0" stroke="{p.Deep}" stroke-width="4" fill="none"/>
            <path d="M276 196v-40h44v40a6 6 0 0 1-6 6h-32a6 6 0 0 1-6-6z" fill="{Palette.Paper}"/><path d="M276 172h44v20a6 6 0 0 1-6 6h-32a6 6 0 0 1-6-6z" fill="{Palette.Coral}"/>
            <path d="M224 40v52M180 122a44 30 0 0 1 88 0z" stroke="{p.Deep}" stroke-width="5" fill="{p.Mid}"/><circle cx="224" cy="128" r="9" fill="{Palette.Paper}"/>
            """,
        ["mirror"] = p => $"""
            <rect x="80" y="60" width="130" height="190" rx="65" fill="{Palette.Paper}" stroke="{p.Deep}" stroke-width="9"/><path d="M112 150 158 92M122 182l56-72" stroke="{p.Light}" stroke-width="9"/>
            <rect x="60" y="252" width="172" height="14" rx="7" fill="{p.Deep}"/><path d="M86 266v34M206 266v34" stroke="{p.Deep}" stroke-width="8"/>
            <rect x="92" y="226" width="16" height="26" rx="4" fill="{Palette.Coral}"/><rect x="114" y="214" width="14" height="38" rx="4" fill="{p.Mid}"/>
            <path d="M284 178a14 14 0 0 1 28 0v44h54v-30a14 14 0 0 1 28 0v50a14 14 0 0 1-14 14h-82a14 14 0 0 1-14-14z" fill="{p.Mid}"/><path d="M340 256v36M306 300h68" stroke="{p.Deep}" stroke-width="10"/><rect x="306" y="206" width="66" height="24" rx="10" fill="{p.Deep}"/>
            """,
        ["shelf"] = p => $"""
            <path d="M56 160h340M56 270h340" stroke="{p.Deep}" stroke-width="12"/><rect x="84" y="96" width="40" height="58" rx="8" fill="{p.Mid}"/><rect x="132" y="78" width="32" height="76" rx="8" fill="{Palette.Ink}"/><circle cx="206" cy="126" r="28" fill="{Palette.Coral}"/>
            <path d="M262 154v-40a22 22 0 0 1 44 0v40z" fill="{Palette.Paper}"/><rect x="324" y="104" width="52" height="50" rx="8" fill="{p.Light}"/><path d="M324 122h52" stroke="{p.Deep}" stroke-width="4"/>
            <path d="M92 264l10-54h52l10 54z" fill="{Palette.Paper}"/><path d="M114 210v-10a14 14 0 0 1 28 0v10" fill="none" stroke="{p.Deep}" stroke-width="6"/><rect x="192" y="200" width="88" height="64" rx="8" fill="{p.Mid}"/><path d="M236 200v64" stroke="{Palette.Paper}" stroke-width="8"/>
            <circle cx="334" cy="230" r="34" fill="{p.Light}"/><circle cx="334" cy="230" r="15" fill="{p.Deep}"/>
            """,
        ["harbor"] = p => $"""
            <path d="M40 300c30-16 60-16 90 0s60 16 90 0 60-16 90 0 60 16 90 0v20H40z" fill="{p.Mid}"/><path d="M112 288V120h52v168z" fill="{Palette.Paper}"/><path d="M112 160h52M112 216h52" stroke="{Palette.Coral}" stroke-width="22"/>
            <rect x="102" y="104" width="72" height="16" rx="6" fill="{p.Deep}"/><rect x="118" y="70" width="40" height="34" rx="6" fill="{Palette.Blush}"/><path d="M112 70l26-24 26 24z" fill="{p.Deep}"/><path d="M166 78l150-34v76l-150-22z" fill="{Palette.Paper}" fill-opacity=".75"/>
            <path d="M262 268h124l-22 30H284z" fill="{Palette.Ink}"/><path d="M318 262V170l54 86z" fill="{p.Light}"/><path d="M310 262v-74l-38 70z" fill="{p.Deep}"/>
            """,
    }.ToFrozenDictionary();

    /// <exception cref="KeyNotFoundException">There is no such scene.</exception>
    public static string Draw(string name, Palette palette) => $"""<g stroke-linecap="round" stroke-linejoin="round">{All[name](palette)}</g>""";
}
