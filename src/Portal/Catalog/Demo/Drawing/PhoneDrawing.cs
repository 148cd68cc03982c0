using System.Globalization;
using System.Net;
using System.Text;

namespace Portal.Catalog.Demo.Drawing;

/// <summary>A phone with the listing's sample conversation on it, in one language.</summary>
internal sealed class PhoneDrawing(Palette palette)
{
    private const int Width = 390;
    private const int Height = 844;
    private const int Side = 20;
    private const int BubbleMax = 262;
    private const int FontSize = 17;
    private const int LineHeight = 25;
    private const int Bottom = Height - 96;
    private const string Font = "'Noto Sans TC','Noto Sans CJK TC','Noto Sans Thai',system-ui,sans-serif";

    private readonly StringBuilder _svg = new();
    private int _y = 116;

    public static string Draw(Palette palette, string title, IReadOnlyList<ListingText.ChatLine> conversation) =>
        new PhoneDrawing(palette).Draw(title, conversation);

    private string Draw(string title, IReadOnlyList<ListingText.ChatLine> conversation)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="{Font}" font-size="{FontSize}">
            <defs><clipPath id="glass"><rect x="8" y="8" width="374" height="828" rx="42"/></clipPath></defs>
            <rect width="{Width}" height="{Height}" rx="50" fill="{Palette.Ink}"/><g clip-path="url(#glass)"><rect x="8" y="8" width="374" height="828" fill="#f3f2f9"/>
            """);
        foreach (var line in conversation.TakeWhile(_ => _y < Bottom - 60))
            Line(line);

        _svg.Append(CultureInfo.InvariantCulture, $"""
            <rect x="8" y="8" width="374" height="88" fill="{Palette.Paper}"/><path d="M8 96h374" stroke="#e2e0ee"/><circle cx="58" cy="66" r="18" fill="{palette.Mid}"/><path d="M50 66a8 8 0 0 0 16 0" fill="none" stroke="#fff" stroke-width="3.500" stroke-linecap="round"/>
            <text x="88" y="72" font-weight="700" fill="#221f4b">{Escape(title)}</text>
            <rect x="8" y="772" width="374" height="72" fill="{Palette.Paper}"/><rect x="{Side + 8}" y="784" width="290" height="36" rx="18" fill="#f0eff7"/><circle cx="352" cy="802" r="18" fill="{palette.Deep}"/><path d="m346 796 13 6-13 6 3-6z" fill="#fff"/></g></svg>
            """);
        return _svg.ToString();
    }

    private void Line(ListingText.ChatLine line)
    {
        if (line.Card is { } card)
            Card(line.Text, card);
        else
            Bubble(line.Text, line.From == "customer", line.From == "staff");

        if (line.Choices is { } choices)
            Choices(choices);
    }

    private void Bubble(string text, bool isOwn, bool isStaff)
    {
        var lines = TextLines.Break(text, (BubbleMax - 32) / (double)FontSize);
        var wide = (int)Math.Ceiling(lines.Max(TextLines.Width) * FontSize) + 32;
        var high = (lines.Count * LineHeight) + 18;
        var x = isOwn ? Width - Side - wide : Side + 6;
        var (fill, ink) = isOwn ? (palette.Light, "#221f4b") : isStaff ? (Palette.Blush, "#221f4b") : (Palette.Paper, "#221f4b");
        _svg.Append(CultureInfo.InvariantCulture, $"""<rect x="{x}" y="{_y}" width="{wide}" height="{high}" rx="18" fill="{fill}"/>""");
        for (var i = 0; i < lines.Count; i++)
            Text(x + 16, _y + 27 + (i * LineHeight), lines[i], ink);

        _y += high + 12;
    }

    private void Card(string title, IReadOnlyList<string> rows)
    {
        var high = 62 + (rows.Count * 29);
        _svg.Append(CultureInfo.InvariantCulture, $"""
            <rect x="{Side + 6}" y="{_y}" width="{BubbleMax}" height="{high}" rx="18" fill="{Palette.Paper}"/><path d="M{Side + 6} {_y + 44}v-26a18 18 0 0 1 18-18h{BubbleMax - 36}a18 18 0 0 1 18 18v26z" fill="{palette.Deep}"/>
            """);
        Text(Side + 22, _y + 29, title, "#ffffff", "700");
        for (var i = 0; i < rows.Count; i++)
            Text(Side + 22, _y + 74 + (i * 29), rows[i], i == 0 ? palette.Deep : "#56537a", i == 0 ? "700" : "400");

        _y += high + 12;
    }

    private void Choices(IReadOnlyList<string> choices)
    {
        var x = Side + 6;
        foreach (var choice in choices)
        {
            var wide = (int)Math.Ceiling(TextLines.Width(choice) * 15) + 30;
            if (x + wide > Width - Side)
                (x, _y) = (Side + 6, _y + 46);

            _svg.Append(CultureInfo.InvariantCulture, $"""<rect x="{x}" y="{_y}" width="{wide}" height="36" rx="18" fill="{Palette.Paper}" stroke="{palette.Deep}" stroke-width="1.500"/><text x="{x + (wide / 2)}" y="{_y + 23}" font-size="15" text-anchor="middle" fill="{palette.Deep}">{Escape(choice)}</text>""");
            x += wide + 8;
        }

        _y += 52;
    }

    private void Text(int x, int y, string text, string ink, string weight = "400") =>
        _svg.Append(CultureInfo.InvariantCulture, $"""<text x="{x}" y="{y}" fill="{ink}" font-weight="{weight}">{Escape(text)}</text>""");

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
