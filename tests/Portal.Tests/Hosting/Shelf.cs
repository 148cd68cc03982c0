using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Tests.Hosting;

/// <summary>What a catalog page shows: how many, which ones in which order, and the numbers beside the facets.</summary>
public sealed partial record Shelf(int Total, IReadOnlyList<string> Slugs, IReadOnlyDictionary<string, int> Counts)
{
    public static async Task<Shelf> OpenAsync(PortalHost portal, string address)
    {
        using var browser = portal.NewBrowser();
        return Read(await browser.OpenAsync(address));
    }

    public static Shelf Read(Page page) => new(
        int.Parse(page.AttributeOf("catalog-total", "data-total")!, CultureInfo.InvariantCulture),
        [.. Cards().Matches(page.Html).Select(match => match.Groups[1].Value)],
        Facets().Matches(page.Html).ToDictionary(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)));

    [GeneratedRegex("href=\"/m/([a-z0-9-]+)\" data-testid=\"listing-")]
    private static partial Regex Cards();

    [GeneratedRegex("data-testid=\"count-([a-zA-Z-]+)\"[^>]*>([0-9]+)<")]
    private static partial Regex Facets();
}
