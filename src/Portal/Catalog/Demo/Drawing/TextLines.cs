namespace Portal.Catalog.Demo.Drawing;

/// <summary>Breaks a text into lines for a drawing, which has no layout of its own.</summary>
internal static class TextLines
{
    /// <param name="width">In ems: a Han sign or a kana is one wide, most other letters about half.</param>
    public static IReadOnlyList<string> Break(string text, double width)
    {
        var lines = new List<string>();
        var line = "";
        var taken = 0.0;
        foreach (var piece in Pieces(text))
        {
            var wide = Width(piece);
            if (taken + wide > width && line.Length > 0 && !IsClosing(piece))
            {
                lines.Add(line.TrimEnd());
                (line, taken) = ("", 0);
            }

            if (line.Length == 0 && string.IsNullOrWhiteSpace(piece))
                continue;

            line += piece;
            taken += wide;
        }

        if (line.Length > 0)
            lines.Add(line.TrimEnd());

        return lines;
    }

    public static double Width(string text) => text.EnumerateRunes().Sum(rune => rune.Value switch
    {
        ' ' or 'i' or 'l' or 'I' or '.' or ',' or '\'' or ':' => 0.3,
        >= 0x0E31 and <= 0x0E3A or >= 0x0E47 and <= 0x0E4E => 0, // Thai marks stand above or below.
        < 0x2000 => 0.56,
        _ => 1,
    });

    /// <summary>Words with their space, and wide signs one by one.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        var word = "";
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value >= 0x2E80)
            {
                if (word.Length > 0)
                    yield return word;
                word = "";
                yield return rune.ToString();
                continue;
            }

            word += rune.ToString();
            if (rune.Value == ' ')
            {
                yield return word;
                word = "";
            }
        }

        if (word.Length > 0)
            yield return word;
    }

    /// <summary>Signs that never begin a line.</summary>
    private static bool IsClosing(string piece) => piece is "，" or "。" or "！" or "？" or "、" or "：" or "）" or "」" or "～" or "…";
}
