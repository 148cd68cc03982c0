namespace Portal.Catalog;

internal static class CatalogSetup
{
    public static void AddCatalog(this IServiceCollection services) => services.AddScoped<CatalogIndex>();

    public static void MapCatalog(this IEndpointRouteBuilder routes)
    {
        GetPicture.Map(routes);
        Sitemap.Map(routes);
    }
}
