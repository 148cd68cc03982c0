using System.Collections.Frozen;

namespace Portal.Catalog.Demo.Drawing;

/// <summary>One sign for each module, drawn in a field of 96 × 96 with its middle at 48, 48.</summary>
internal static class Glyphs
{
    private static readonly FrozenDictionary<string, Func<Palette, string>> All = new Dictionary<string, Func<Palette, string>>
    {
        ["reply"] = p => $"""
            <path d="M22 33a9 9 0 0 1 9-9h34a9 9 0 0 1 9 9v20a9 9 0 0 1-9 9H45L32 74V62h-1a9 9 0 0 1-9-9z" fill="{Palette.Paper}" stroke="{p.Deep}" stroke-width="4"/>
            <path d="M33 38h22M33 48h13" stroke="{p.Deep}" stroke-width="4"/><path d="m60 40-7 11h7l-4 11 12-15h-8l5-7z" fill="{Palette.Coral}"/>
            """,
        ["headset"] = p => $"""
            <path d="M24 54v-6a24 24 0 0 1 48 0v6" fill="none" stroke="{p.Deep}" stroke-width="4.500"/><rect x="19" y="50" width="14" height="20" rx="6" fill="{p.Mid}" stroke="{p.Deep}" stroke-width="4"/>
            <rect x="63" y="50" width="14" height="20" rx="6" fill="{p.Mid}" stroke="{p.Deep}" stroke-width="4"/><path d="M70 70c0 6-7 9-16 9" fill="none" stroke="{p.Deep}" stroke-width="4"/><circle cx="50" cy="79" r="4.500" fill="{Palette.Coral}"/>
            """,
        ["ticket"] = p => $"""
            <path d="M20 34a4 4 0 0 1 4-4h48a4 4 0 0 1 4 4v8a6 6 0 0 0 0 12v8a4 4 0 0 1-4 4H24a4 4 0 0 1-4-4v-8a6 6 0 0 0 0-12z" fill="{Palette.Paper}" stroke="{p.Deep}" stroke-width="4" transform="rotate(-8 48 48)"/>
            <path d="M60 30.500v33" stroke="{p.Deep}" stroke-width="3" stroke-dasharray="3 6" transform="rotate(-8 48 48)"/><path d="M34 42h9l-5 14" fill="none" stroke="{Palette.Coral}" stroke-width="5" transform="rotate(-8 48 48)"/>
            """,
        ["calendar"] = p => $"""
            <rect x="22" y="26" width="52" height="48" rx="9" fill="{Palette.Paper}" stroke="{p.Deep}" stroke-width="4"/><path d="M22 40h52" stroke="{p.Deep}" stroke-width="4"/><path d="M36 20v11M60 20v11" stroke="{p.Deep}" stroke-width="4.500"/>
            <path d="m38 57 7.500 7.500L59 50" fill="none" stroke="{Palette.Coral}" stroke-width="5.500"/>
            """,
        ["scissors"] = p => $"""
            <path d="M37 38 70 70M37 58l33-32" stroke="{p.Deep}" stroke-width="5"/><circle cx="30" cy="31" r="8.500" fill="{Palette.Paper}" stroke="{p.Deep}" stroke-width="4.500"/>
            <circle cx="30" cy="65" r="8.500" fill="{Palette.Paper}" stroke="{p.Deep}" stroke-width="4.500"/><circle cx="48" cy="48" r="4.500" fill="{Palette.Coral}"/>
            """,
        ["bell"] = p => $"""
            <path d="M48 21a19 19 0 0 1 19 19c0 15 5 19 7 22a2 2 0 0 1-2 3H24a2 2 0 0 1-2-3c2-3 7-7 7-22a19 19 0 0 1 19-19z" fill="{Palette.Paper}" stroke="{p.Deep}" stroke-width="4"/>
            <path d="M41 70a7 7 0 0 0 14 0" fill="{Palette.Coral}"/><path d="M56 32a12 12 0 0 1 4 8" fill="none" stroke="{p.Mid}" stroke-width="4"/>
            """,
        ["bento"] = p => $"""
            <rect x="18" y="28" width="60" height="42" rx="9" fill="{p.Deep}"/><rect x="23" y="33" width="28" height="32" rx="4" fill="{Palette.Paper}"/><circle cx="37" cy="49" r="5.500" fill="{Palette.Coral}"/>
            <rect x="55" y="33" width="18" height="14" rx="4" fill="{p.Mid}"/><rect x="55" y="51" width="18" height="14" rx="4" fill="{p.Light}"/><path d="M60 58c2-3 6-3 8 0" fill="none" stroke="{p.Deep}" stroke-width="2.500"/>
            """,
        ["wheel"] = p => $"""
            <circle cx="48" cy="51" r="25" fill="{Palette.Paper}" stroke="{p.Deep}" stroke-width="4"/><path d="M48 51V28a23 23 0 0 1 20 11.500zM48 51l20 11.500A23 23 0 0 1 48 74zM48 51 28 62.500a23 23 0 0 1 0-23z" fill="{p.Mid}"/>
            <circle cx="48" cy="51" r="5" fill="{p.Deep}"/><path d="M41 16h14l-7 13z" fill="{Palette.Coral}"/>
            """,
        ["stamp"] = p => $"""
            <rect x="18" y="30" width="60" height="40" rx="8" fill="{Palette.Paper}" stroke="{p.Deep}" stroke-width="4"/>
            <circle cx="31" cy="43" r="5" fill="{p.Mid}"/><circle cx="48" cy="43" r="5" fill="{p.Mid}"/><circle cx="65" cy="43" r="5" fill="{p.Mid}"/><circle cx="31" cy="58" r="5" fill="{p.Mid}"/>
            <circle cx="48" cy="58" r="4" fill="none" stroke="{p.Deep}" stroke-width="2.500" stroke-dasharray="3 3"/><path d="m65 50.500 2.400 5 5.400.6-4 3.700 1.100 5.400-4.900-2.700-4.900 2.700 1.100-5.400-4-3.700 5.400-.6z" fill="{Palette.Coral}"/>
            """,
        ["bag"] = p => $"""
            <path d="M27 36h42l4 36a4 4 0 0 1-4 4H27a4 4 0 0 1-4-4z" fill="{Palette.Paper}" stroke="{p.Deep}" stroke-width="4"/><path d="M37 43v-9a11 11 0 0 1 22 0v9" fill="none" stroke="{p.Deep}" stroke-width="4.500"/>
            <path d="M38 55a10 10 0 0 0 20 0" fill="none" stroke="{Palette.Coral}" stroke-width="5"/>
            """,
        ["queue"] = p => $"""
            <circle cx="27" cy="45" r="7.500" fill="{p.Light}" stroke="{p.Deep}" stroke-width="3.500"/><path d="M16 70c0-8 5-12 11-12s11 4 11 12" fill="{p.Light}" stroke="{p.Deep}" stroke-width="3.500"/>
            <circle cx="47" cy="40" r="8.500" fill="{p.Mid}" stroke="{p.Deep}" stroke-width="3.500"/><path d="M34 70c0-10 6-15 13-15s13 5 13 15" fill="{p.Mid}" stroke="{p.Deep}" stroke-width="3.500"/>
            <circle cx="69" cy="34" r="9.500" fill="{Palette.Coral}" stroke="{p.Deep}" stroke-width="3.500"/><path d="M55 70c0-12 6-18 14-18s14 6 14 18" fill="{Palette.Paper}" stroke="{p.Deep}" stroke-width="3.500"/>
            """,
        ["route"] = p => $"""
            <path d="M26 70h26a10 10 0 0 0 0-20H42a10 10 0 0 1 0-20h16" fill="none" stroke="{p.Deep}" stroke-width="4.500" stroke-dasharray="1 8"/>
            <circle cx="26" cy="70" r="6" fill="{Palette.Paper}" stroke="{p.Deep}" stroke-width="4"/><path d="M62 40V18l15 6-15 7" fill="{Palette.Coral}" stroke="{p.Deep}" stroke-width="4"/><circle cx="42" cy="50" r="6" fill="{p.Mid}"/>
            """,
        ["clipboard"] = p => $"""
            <rect x="25" y="24" width="46" height="54" rx="8" fill="{Palette.Paper}" stroke="{p.Deep}" stroke-width="4"/><rect x="36" y="18" width="24" height="12" rx="5" fill="{p.Mid}" stroke="{p.Deep}" stroke-width="4"/>
            <circle cx="41" cy="48" r="3" fill="{p.Deep}"/><circle cx="55" cy="48" r="3" fill="{p.Deep}"/><path d="M37 58c5 9 17 9 22 0" fill="none" stroke="{Palette.Coral}" stroke-width="4.500"/>
            """,
        ["palette"] = p => $"""
            <path d="M48 20c17 0 30 11 30 26 0 9-7 14-15 14h-6c-5 0-7 4-5 8 3 6-1 9-6 9-16 0-28-13-28-29s13-28 30-28z" fill="{Palette.Paper}" stroke="{p.Deep}" stroke-width="4"/>
            <circle cx="35" cy="41" r="5" fill="{p.Mid}"/><circle cx="48" cy="33" r="5" fill="{Palette.Coral}"/><circle cx="62" cy="39" r="5" fill="{p.Deep}"/><circle cx="32" cy="55" r="5" fill="{p.Light}"/>
            """,
    }.ToFrozenDictionary();

    /// <exception cref="KeyNotFoundException">There is no such sign.</exception>
    public static string Draw(string name, Palette palette) => $"""<g stroke-linecap="round" stroke-linejoin="round">{All[name](palette)}</g>""";
}
