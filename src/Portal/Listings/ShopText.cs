using System.Globalization;
using Portal.Catalog;
using Portal.Frame.Language;

namespace Portal.Listings;

/// <summary>A document's words as the catalog shows them.</summary>
internal static class ShopText
{
    /// <summary>Its name for who reads none of its languages: English first.</summary>
    public static string NameOf(ListingDocument document) =>
        Languages.Choose(Languages.English, [.. document.Texts.Where(text => !string.IsNullOrEmpty(text.Value.Name)).Select(text => text.Key)]) is { } language ? document.In(language).Name! : "";

    /// <param name="releases">What was new before, the newest first.</param>
    public static ListingText Of(ListingId listing, ListingDocument document, string language, IReadOnlyList<ListingText.Release> releases, int number, DateOnly today)
    {
        var words = document.In(language);
        return new ListingText
        {
            ListingId = listing, Language = language, Name = words.Name ?? "", Tagline = words.Tagline ?? "",
            About = (words.About ?? "").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Benefits = words.Benefits, Conversation = words.Conversation, Reasons = words.Reasons, Plans = words.Plans, SupportHours = HoursIn(document, language),
            Releases = words.News is { } news && !(releases is [var latest, ..] && latest.Text == news) ? [new ListingText.Release(number.ToString(CultureInfo.InvariantCulture), today, news), .. releases] : releases,
            Keywords = (words.Keywords ?? "").Split([',', '、', '，'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        };
    }

    /// <summary>The hours of the market that speaks this language; for other readers those of all markets.</summary>
    private static string HoursIn(ListingDocument document, string language)
    {
        var markets = Market.Of(document);
        if (markets.FirstOrDefault(market => market.Language == language) is { } own)
            return document.SupportHours.GetValueOrDefault(own.Code) ?? "";

        return string.Join(" · ", markets.Select(market => (market.Code, Hours: document.SupportHours.GetValueOrDefault(market.Code))).Where(row => row.Hours is not null).Select(row => $"{row.Code}: {row.Hours}"));
    }
}
