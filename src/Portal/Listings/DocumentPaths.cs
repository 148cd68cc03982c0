using System.Globalization;
using Portal.Catalog;

namespace Portal.Listings;

/// <summary>Every word, number and picture of a listing under its path, as <c>texts.zh-TW.name</c> or <c>plans.standard.prices.TWD</c>.</summary>
/// <remarks>The path is the name of the field in the editor, the key of a fault and of a reviewer's remark, and the line of a diff: one name for one thing.</remarks>
public static class DocumentPaths
{
    /// <summary>Empty values are left out: nothing and not there are the same to a reader.</summary>
    public static IReadOnlyDictionary<string, string> Flatten(ListingDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Lines(document).Where(line => !string.IsNullOrEmpty(line.Value)).ToDictionary(line => line.Key, line => line.Value!, StringComparer.Ordinal);
    }

    /// <summary>What differs, in the order in which a reader meets it.</summary>
    public static IReadOnlyList<Change> Between(ListingDocument? before, ListingDocument after)
    {
        var (was, now) = (before is null ? new Dictionary<string, string>() : Flatten(before), Flatten(after));
        return [.. now.Keys.Concat(was.Keys.Where(path => !now.ContainsKey(path)))
            .Select(path => new Change(path, was.GetValueOrDefault(path), now.GetValueOrDefault(path)))
            .Where(change => change.Before != change.After)];
    }

    public static string Words(string language, string field) => $"texts.{language}.{field}";

    public static string Price(string plan, string currency) => $"plans.{plan}.prices.{currency}";

    /// <summary>The part of the editor that a path belongs to.</summary>
    public static EditorSection SectionOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = path.Split('.');
        return parts[0] switch
        {
            "texts" when parts.Length > 2 => parts[2] switch
            {
                "conversation" => EditorSection.Chat,
                "plans" => EditorSection.Plans,
                "reasons" => EditorSection.Permissions,
                _ => EditorSection.Texts,
            },
            "pictures" => EditorSection.Pictures,
            "plans" => EditorSection.Plans,
            "scopes" => EditorSection.Permissions,
            "webhookUrl" or "setUpUrl" or "privacyUrl" or "termsUrl" or "supportEmail" or "supportHours" => EditorSection.Addresses,
            _ => EditorSection.Basics,
        };
    }

    /// <summary>The language in a path; null where there is none.</summary>
    public static string? LanguageOf(string path) => path.Split('.') is ["texts", var language, ..] ? language : null;

    private static IEnumerable<KeyValuePair<string, string?>> Lines(ListingDocument document)
    {
        yield return new("markets", Codes(document.Markets));
        yield return new("verticals", Codes(document.Verticals));
        yield return new("functions", Codes(document.Functions));
        yield return new("role", document.Role.ToString());
        foreach (var (language, words) in document.Texts.OrderBy(text => text.Key, StringComparer.Ordinal))
        {
            foreach (var line in Lines(language, words))
                yield return line;
        }

        foreach (var picture in document.Pictures)
        {
            var path = $"pictures.{picture.Kind}.{(picture.Language.Length == 0 ? "all" : picture.Language)}.{picture.Position.ToString(CultureInfo.InvariantCulture)}";
            yield return new(path, picture.Fingerprint);
            yield return new(path + ".alt", picture.AltText);
        }

        for (var place = 0; place < document.Plans.Count; place++)
        {
            var plan = document.Plans[place];
            yield return new($"plans.{plan.Code}.place", (place + 1).ToString(CultureInfo.InvariantCulture));
            yield return new($"plans.{plan.Code}.interval", plan.Interval.ToString());
            foreach (var (currency, price) in plan.Prices.OrderBy(price => price.Key, StringComparer.Ordinal))
                yield return new(Price(plan.Code, currency), price);
            yield return new($"plans.{plan.Code}.trialDays", plan.TrialDays);
            yield return new($"plans.{plan.Code}.messages", plan.Messages);
        }

        foreach (var scope in document.Scopes)
            yield return new($"scopes.{scope.Scope}", scope.IsOptional ? "optional" : "required");
        yield return new("webhookUrl", document.WebhookUrl);
        yield return new("setUpUrl", document.SetUpUrl);
        yield return new("privacyUrl", document.PrivacyUrl);
        yield return new("termsUrl", document.TermsUrl);
        yield return new("supportEmail", document.SupportEmail);
        foreach (var (market, hours) in document.SupportHours.OrderBy(row => row.Key, StringComparer.Ordinal))
            yield return new($"supportHours.{market}", hours);
    }

    private static IEnumerable<KeyValuePair<string, string?>> Lines(string language, ListingDocument.Words words)
    {
        yield return new(Words(language, "name"), words.Name);
        yield return new(Words(language, "tagline"), words.Tagline);
        yield return new(Words(language, "about"), words.About);
        for (var i = 0; i < words.Benefits.Count; i++)
        {
            yield return new(Words(language, $"benefits.{i}.title"), words.Benefits[i].Title);
            yield return new(Words(language, $"benefits.{i}.text"), words.Benefits[i].Text);
        }

        yield return new(Words(language, "keywords"), words.Keywords);
        yield return new(Words(language, "news"), words.News);
        for (var i = 0; i < words.Conversation.Count; i++)
            yield return new(Words(language, $"conversation.{i}"), Said(words.Conversation[i]));
        foreach (var (scope, reason) in words.Reasons.OrderBy(row => row.Key, StringComparer.Ordinal))
            yield return new(Words(language, $"reasons.{scope}"), reason);
        foreach (var (plan, text) in words.Plans.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            yield return new(Words(language, $"plans.{plan}.name"), text.Name);
            yield return new(Words(language, $"plans.{plan}.holds"), string.Join('\n', text.Holds));
        }
    }

    private static string Said(ListingText.ChatLine line) => string.Join('\n', [$"{line.From}: {line.Text}", .. line.Choices?.Select(choice => $"[{choice}]") ?? []]);

    private static string Codes(IReadOnlyList<string> codes) => string.Join(", ", codes);

    /// <param name="Before">Null: it was not there.</param>
    /// <param name="After">Null: it is gone.</param>
    public sealed record Change(string Path, string? Before, string? After);
}
