using Portal.Frame.Language;
using Tenancy;

namespace Portal.Listings;

/// <summary>A country that a listing is sold in: it needs that country's language, a price in its currency and support hours.</summary>
/// <param name="Code">ISO 3166 alpha-2.</param>
/// <param name="Currency">What buyers there are charged in. Thai companies pay in TWD: we charge in no other currency of theirs yet.</param>
public sealed record Market(string Code, string Language, Currency Currency)
{
    public static IReadOnlyList<Market> All { get; } =
    [
        new("TW", Languages.TraditionalChinese, Currency.Twd),
        new("JP", Languages.Japanese, Currency.Jpy),
        new("TH", Languages.Thai, Currency.Twd),
    ];

    public static IReadOnlyList<Market> Of(ListingDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return [.. All.Where(market => document.Markets.Contains(market.Code))];
    }

    /// <summary>The languages that a listing is written in: those of its markets, and English where something stands in it.</summary>
    public static IReadOnlyList<string> LanguagesOf(ListingDocument document) =>
        [.. Languages.All.Where(language => Of(document).Any(market => market.Language == language) || (language == Languages.English && document.Texts.ContainsKey(language)))];

    /// <summary>The languages that may be written in: English always.</summary>
    public static IReadOnlyList<string> WritableIn(ListingDocument document) =>
        [.. Languages.All.Where(language => language == Languages.English || Of(document).Any(market => market.Language == language))];
}
