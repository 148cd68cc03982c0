using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Outside;

/// <summary>The words of a page, for people to read as evidence and for a name to be found in. Never shown as markup.</summary>
internal static partial class PageText
{
    // A megabyte of "<" is looked at once, not once from each of them.
    private static readonly Regex TagPattern = new("<[^>]*>", RegexOptions.NonBacktracking, TimeSpan.FromSeconds(2));

    public static string Decode(byte[] bytes, string? charset)
    {
        try
        {
            return Encoding.GetEncoding(charset?.Trim('"') ?? "utf-8").GetString(bytes);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8.GetString(bytes); // A name of no encoding that this machine knows.
        }
    }

    public static string OfHtml(string html) => Plain(WebUtility.HtmlDecode(Tags().Replace(Unseen().Replace(html, " "), " ")));

    public static string Plain(string text) => Blanks().Replace(text.Replace('\0', ' '), " ").Trim();

    /// <summary>Whether a company's name stands in it: width, case and blanks do not matter.</summary>
    public static bool Names(string text, string name) => Fold(name) is { Length: > 1 } wanted && Fold(text).Contains(wanted, StringComparison.Ordinal);

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var sign in text.Normalize(NormalizationForm.FormKC))
        {
            if (!char.IsWhiteSpace(sign))
                folded.Append(char.ToLowerInvariant(sign));
        }

        return folded.ToString();
    }

    [GeneratedRegex("<!--.*?-->|<(script|style|template|noscript)\\b.*?</\\1\\s*>", RegexOptions.Singleline | RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Unseen();

    private static Regex Tags() => TagPattern;

    [GeneratedRegex("\\s+", RegexOptions.None, 2000)]
    private static partial Regex Blanks();
}
