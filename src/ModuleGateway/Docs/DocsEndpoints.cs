namespace ModuleGateway.Docs;

/// <summary>What partners read, served by the gateway that it is about: the pages of <c>docs/partners</c>, the calls as its own table has them, and an OpenAPI description.</summary>
internal static class DocsEndpoints
{
    public static void MapDocs(this WebApplication app)
    {
        app.MapGet("/docs", () => Results.Redirect("/docs/quick-start"));
        app.MapGet("/docs/docs.css", () => Results.Text(DocPage.Style, "text/css"));
        app.MapGet("/docs/openapi.json", () => Results.Text(FacadeDescription.Json, "application/json"));
        foreach (var page in DocPage.All)
        {
            app.MapGet($"/docs/{page.Name}", (HttpContext http) =>
            {
                http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
                http.Response.Headers.XContentTypeOptions = "nosniff";
                return Results.Text(page.ToHtml(), "text/html");
            });
        }
    }
}
