using Portal.Catalog;

namespace Portal.Listings;

/// <summary>What must be there before a listing can be submitted, and is not yet.</summary>
public static class Completeness
{
    /// <param name="Path">The field that is empty.</param>
    /// <param name="Language">Whose words are missing; null: no words.</param>
    public sealed record Gap(EditorSection Section, string Path, string? Language = null);

    /// <returns>In the order of the editor; empty: it can be submitted.</returns>
    public static IReadOnlyList<Gap> Of(ListingDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var languages = Market.LanguagesOf(document);
        return [.. Basics(document).Concat(languages.SelectMany(language => Words(document, language))).Concat(Pictures(document)).Concat(Plans(document))
            .Concat(Permissions(document)).Concat(Addresses(document)).OrderBy(gap => gap.Section)];
    }

    private static IEnumerable<Gap> Basics(ListingDocument document)
    {
        if (document.Markets.Count == 0)
            yield return new(EditorSection.Basics, "markets");
        if (document.Verticals.Count == 0)
            yield return new(EditorSection.Basics, "verticals");
        if (document.Functions.Count == 0)
            yield return new(EditorSection.Basics, "functions");
    }

    private static IEnumerable<Gap> Words(ListingDocument document, string language)
    {
        var words = document.In(language);
        Gap Missing(EditorSection section, string field) => new(section, DocumentPaths.Words(language, field), language);
        if (string.IsNullOrEmpty(words.Name))
            yield return Missing(EditorSection.Texts, "name");
        if (string.IsNullOrEmpty(words.Tagline))
            yield return Missing(EditorSection.Texts, "tagline");
        if (string.IsNullOrEmpty(words.About))
            yield return Missing(EditorSection.Texts, "about");
        if (words.Benefits.Count == 0 || words.Benefits.Any(benefit => benefit.Title.Length == 0 || benefit.Text.Length == 0))
            yield return Missing(EditorSection.Texts, "benefits.0.title");
        if (words.Conversation.Count < 2)
            yield return Missing(EditorSection.Chat, "conversation.0");
        foreach (var plan in document.Plans.Where(plan => string.IsNullOrEmpty(words.Plans.GetValueOrDefault(plan.Code)?.Name)))
            yield return Missing(EditorSection.Plans, $"plans.{plan.Code}.name");
        foreach (var scope in document.Scopes.Where(scope => string.IsNullOrEmpty(words.Reasons.GetValueOrDefault(scope.Scope))))
            yield return Missing(EditorSection.Permissions, $"reasons.{scope.Scope}");
    }

    private static IEnumerable<Gap> Pictures(ListingDocument document) =>
        Enum.GetValues<PictureKind>().Where(kind => document.Pictures.All(picture => picture.Kind != kind)).Select(kind => new Gap(EditorSection.Pictures, $"pictures.{kind}"));

    private static IEnumerable<Gap> Plans(ListingDocument document)
    {
        if (document.Plans.Count == 0)
            yield return new(EditorSection.Plans, "plans");
        foreach (var plan in document.Plans)
        {
            foreach (var currency in Market.Of(document).Select(market => market.Currency.Code).Distinct().Where(currency => string.IsNullOrEmpty(plan.Prices.GetValueOrDefault(currency))))
                yield return new(EditorSection.Plans, DocumentPaths.Price(plan.Code, currency));
        }
    }

    private static IEnumerable<Gap> Permissions(ListingDocument document)
    {
        if (document.Scopes.Count == 0)
            yield return new(EditorSection.Permissions, "scopes");
    }

    private static IEnumerable<Gap> Addresses(ListingDocument document)
    {
        foreach (var (path, value) in new[] { ("webhookUrl", document.WebhookUrl), ("privacyUrl", document.PrivacyUrl), ("supportEmail", document.SupportEmail) })
        {
            if (string.IsNullOrEmpty(value))
                yield return new(EditorSection.Addresses, path);
        }

        foreach (var market in Market.Of(document).Where(market => string.IsNullOrEmpty(document.SupportHours.GetValueOrDefault(market.Code))))
            yield return new(EditorSection.Addresses, $"supportHours.{market.Code}");
    }
}
