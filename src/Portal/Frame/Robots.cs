namespace Portal.Frame;

/// <summary>What search engines may read: the public pages.</summary>
internal static class Robots
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/robots.txt", (HttpRequest request, Site site) =>
        Results.Text($"User-agent: *\nDisallow: /o/\nDisallow: /get/\nDisallow: /operations\nDisallow: /sign-in\nSitemap: {site.Absolute(request, "/sitemap.xml")}\n"));
}
