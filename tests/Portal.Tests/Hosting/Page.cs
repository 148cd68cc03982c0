using System.Net;
using System.Text.RegularExpressions;

namespace Portal.Tests.Hosting;

/// <summary>A page as it came, with just enough reading of our own markup to find what a person would press.</summary>
public sealed partial record Page(Uri Address, HttpStatusCode Status, string Html)
{
    public string Path => Address.PathAndQuery;

    /// <summary>Its content security policy.</summary>
    public string Policy { get; init; } = "";

    /// <summary>Its words without tags, for assertions on sentences.</summary>
    public string Text => WebUtility.HtmlDecode(Spaces().Replace(Tags().Replace(Html, " "), " "));

    public bool Has(string testId) => Html.Contains($"data-testid=\"{testId}\"", StringComparison.Ordinal);

    /// <summary>The words of the element with this test id, up to its end tag.</summary>
    public string TextOf(string testId)
    {
        var tag = TagOf(testId);
        var start = Html.IndexOf(tag, StringComparison.Ordinal) + tag.Length;
        var name = tag[1..tag.IndexOfAny([' ', '>'])];
        var end = Html.IndexOf($"</{name}>", start, StringComparison.Ordinal);
        return WebUtility.HtmlDecode(Spaces().Replace(Tags().Replace(Html[start..end], " "), " ")).Trim();
    }

    /// <summary>An attribute of the element with this test id; null when it has none.</summary>
    public string? AttributeOf(string testId, string attribute) => Form.Attribute(TagOf(testId), attribute);

    public string LinkOf(string testId) => AttributeOf(testId, "href") ?? throw new InvalidOperationException($"'{testId}' is no link on {Path}.");

    internal Form? FormOf(string testId) =>
        Forms().Matches(Html).Select(match => new Form(match.Value)).FirstOrDefault(form => form.Html.Contains($"data-testid=\"{testId}\"", StringComparison.Ordinal));

    internal IEnumerable<KeyValuePair<string, string>> AntiforgeryToken() =>
        Forms().Matches(Html).Select(match => new Form(match.Value)).SelectMany(form => form.Fields()).Where(field => field.Key == "__RequestVerificationToken").Take(1);

    private string TagOf(string testId) =>
        Opening().Matches(Html).Select(match => match.Value).FirstOrDefault(tag => Form.Attribute(tag, "data-testid") == testId)
        ?? throw new InvalidOperationException($"There is no '{testId}' on {Path} ({(int)Status}): {Text}");

    [GeneratedRegex("<[a-z][^>]*>")]
    private static partial Regex Opening();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<(head|script|style).*?</\\1>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
