using System.Net;
using System.Text.RegularExpressions;

namespace Marketplace.Browsing;

/// <summary>Reads server-rendered HTML into elements. Tolerant like a browser where our pages need it, and no further: it repairs no tables and runs no script.</summary>
internal static partial class HtmlReader
{
    private static readonly HashSet<string> WithoutContent =
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

    // Their content is no markup.
    private static readonly HashSet<string> Raw = ["script", "style", "textarea", "title"];

    /// <returns>The page: an element without a name, with the whole document in it.</returns>
    public static Element Read(string html)
    {
        var page = new Element("", new Dictionary<string, string>(), parent: null);
        var open = page;
        var at = 0;
        foreach (var tag in Tag().EnumerateMatchesFrom(html))
        {
            if (tag.Index < at) // Within raw content that was stepped over.
                continue;

            AddText(open, html[at..tag.Index]);
            at = tag.Index + tag.Length;
            var name = tag.Groups["name"].Value.ToLowerInvariant();
            if (name.Length == 0) // A comment or the document type.
                continue;

            if (tag.Groups["close"].Success)
            {
                open = open.Ancestors.FirstOrDefault(element => element.Name == name)?.Parent ?? open;
                continue;
            }

            var element = open.Add(name, Attributes(tag.Groups["attributes"].Value));
            if (Raw.Contains(name))
            {
                var end = html.IndexOf($"</{name}", at, StringComparison.OrdinalIgnoreCase);
                end = end < 0 ? html.Length : end;
                if (name is "textarea" or "title")
                    AddText(element, html[at..end]);
                at = end;
                open = element;
            }
            else if (!WithoutContent.Contains(name) && !tag.Groups["attributes"].Value.EndsWith('/'))
            {
                open = element;
            }
        }

        AddText(open, html[at..]);
        return page;
    }

    private static void AddText(Element element, string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
            element.AddText(WebUtility.HtmlDecode(text));
    }

    private static Dictionary<string, string> Attributes(string text)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match match in Attribute().Matches(text))
            attributes.TryAdd(match.Groups["name"].Value.ToLowerInvariant(), WebUtility.HtmlDecode(match.Groups["value"].Value));
        return attributes;
    }

    private static IEnumerable<Match> EnumerateMatchesFrom(this Regex regex, string html)
    {
        for (var match = regex.Match(html); match.Success; match = match.NextMatch())
            yield return match;
    }

    // A comment, a document type, or a tag; a ">" within quotes does not end a tag.
    [GeneratedRegex("""<!--.*?-->|<![^>]*>|<(?<close>/)?(?<name>[a-zA-Z][a-zA-Z0-9-]*)(?<attributes>(?:"[^"]*"|'[^']*'|[^'">])*)>""", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<name>[^\s=/"'>]+)(?:\s*=\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)'|(?<value>[^\s"'>]+)))?""")]
    private static partial Regex Attribute();
}
