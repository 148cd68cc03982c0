using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Portal.Frame;
using Portal.Frame.Language;
using Portal.Store;

namespace Portal.Catalog;

/// <summary>Every public page in every language, for search engines.</summary>
internal static class Sitemap
{
    /// <summary>The protocol allows 50 000 addresses a file.</summary>
    private const int ListingsMax = 12_000;

    private static readonly XNamespace Space = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/sitemap.xml", GetAsync);

    private static async Task<IResult> GetAsync(HttpRequest request, Site site, PortalDb db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var slugs = await db.Listings.OnShow(now)
            .OrderBy(listing => listing.Position).Select(listing => listing.Slug).Take(ListingsMax).ToListAsync(cancellationToken);
        var document = new XElement(Space + "urlset", new XAttribute(XNamespace.Xmlns + "xhtml", Html), slugs.Select(slug => $"/m/{slug}").Prepend("/catalog").Prepend("/").Select(path =>
            new XElement(Space + "url",
                new XElement(Space + "loc", site.Absolute(request, path)),
                Languages.All.Select(language => new XElement(Html + "link",
                    new XAttribute("rel", "alternate"), new XAttribute("hreflang", language), new XAttribute("href", site.Absolute(request, $"{path}?culture={language}")))))));
        return Results.Text(document.ToString(), "application/xml");
    }
}
