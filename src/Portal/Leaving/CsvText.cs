using System.Text;

namespace Portal.Leaving;

/// <summary>A table as CSV that a spreadsheet opens and never runs.</summary>
internal static class CsvText
{
    // A cell that begins so is a formula to a spreadsheet: it could fetch an address or start a program in its reader's name.
    private static readonly char[] StartsFormula = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

    /// <summary>One line, each cell quoted as RFC 4180 says, those that would be formulas led by an apostrophe.</summary>
    public static string Line(IEnumerable<string?> cells)
    {
        var line = new StringBuilder();
        foreach (var cell in cells)
        {
            if (line.Length > 0)
                line.Append(',');
            line.Append('"').Append(Harmless(cell ?? "").Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }

        return line.Append("\r\n").ToString();
    }

    private static string Harmless(string cell) => cell.TrimStart(' ') is [var first, ..] && StartsFormula.Contains(first) ? $"'{cell}" : cell;
}
