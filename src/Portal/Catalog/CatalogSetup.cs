using Microsoft.Extensions.Options;
using Portal.Catalog.Demo;
using Portal.Catalog.Shelf;

namespace Portal.Catalog;

internal static class CatalogSetup
{
    public static void AddCatalog(this IServiceCollection services)
    {
        services.AddScoped<CatalogIndex>();
        services.AddSingleton<ShelfState>();
        services.AddSingleton<IValidateOptions<DemoOptions>, DemoOptionsValidator>();
        services.AddOptions<DemoOptions>().BindConfiguration(DemoOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddHostedService<DemoSeeder>();
        services.AddHostedService<ShelfWarming>();
    }

    public static void MapCatalog(this IEndpointRouteBuilder routes)
    {
        GetPicture.Map(routes);
        Sitemap.Map(routes);
    }
}
