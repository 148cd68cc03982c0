using System.Net;
using System.Text.RegularExpressions;

namespace Portal.Tests.Hosting;

/// <summary>A form of a page: what it would send, untouched or filled in.</summary>
internal sealed partial class Form(string html)
{
    public string Html { get; } = html;

    /// <summary>What is sent when the button with this test id is pressed.</summary>
    public HttpRequestMessage Submit(Page page, Uri origin, string buttonTestId, IReadOnlyList<(string Name, string Value)> filled)
    {
        var opening = Html[..(Html.IndexOf('>', StringComparison.Ordinal) + 1)];
        var button = Controls().Matches(Html).Select(match => match.Value).Single(tag => Attribute(tag, "data-testid") == buttonTestId);
        var fields = Fields().Where(field => filled.All(own => own.Name != field.Key)).ToList();
        fields.AddRange(filled.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        if (button.StartsWith("<button", StringComparison.Ordinal) && Attribute(button, "name") is { } name)
            fields.Add(new(name, Attribute(button, "value") ?? ""));

        var target = new Uri(origin, Attribute(opening, "action") ?? page.Path);
        return new HttpRequestMessage(HttpMethod.Post, target) { Content = new FormUrlEncodedContent(fields) };
    }

    /// <summary>Inputs that would be sent as the page came: hidden ones, texts, ticked radios, selected options.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields()
    {
        foreach (var tag in Controls().Matches(Html).Select(match => match.Value).Where(tag => tag.StartsWith("<input", StringComparison.Ordinal)))
        {
            var isChoice = Attribute(tag, "type") is "radio" or "checkbox";
            if (Attribute(tag, "name") is { } name && (!isChoice || Checked().IsMatch(tag)))
                yield return new(name, Attribute(tag, "value") ?? "");
        }

        foreach (Match text in Texts().Matches(Html))
            yield return new(Attribute(text.Value[..(text.Value.IndexOf('>', StringComparison.Ordinal) + 1)], "name")!, WebUtility.HtmlDecode(text.Groups[1].Value));

        foreach (Match select in Selects().Matches(Html))
        {
            var options = Options().Matches(select.Value).Select(match => match.Value).ToList();
            var chosen = options.FirstOrDefault(tag => tag.Contains(" selected", StringComparison.Ordinal)) ?? options[0];
            yield return new(Attribute(select.Value, "name")!, Attribute(chosen, "value")!);
        }
    }

    public static string? Attribute(string tag, string name)
    {
        var match = Regex.Match(tag, $"\\s{Regex.Escape(name)}=\"([^\"]*)\"");
        return match.Success ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;
    }

    [GeneratedRegex("<(input|button)\\b[^>]*>")]
    private static partial Regex Controls();

    [GeneratedRegex("<textarea[^>]*>(.*?)</textarea>", RegexOptions.Singleline)]
    private static partial Regex Texts();

    [GeneratedRegex("<select.*?</select>", RegexOptions.Singleline)]
    private static partial Regex Selects();

    [GeneratedRegex("<option[^>]*>")]
    private static partial Regex Options();

    [GeneratedRegex("\\schecked\\b")]
    private static partial Regex Checked();
}
