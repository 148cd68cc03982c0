using Microsoft.Extensions.Options;
using Portal.Catalog.Demo;

namespace Portal.Catalog;

internal static class CatalogSetup
{
    public static void AddCatalog(this IServiceCollection services)
    {
        services.AddScoped<CatalogIndex>();
        services.AddSingleton<IValidateOptions<DemoOptions>, DemoOptionsValidator>();
        services.AddOptions<DemoOptions>().BindConfiguration(DemoOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddHostedService<DemoSeeder>();
    }

    public static void MapCatalog(this IEndpointRouteBuilder routes)
    {
        GetPicture.Map(routes);
        Sitemap.Map(routes);
    }
}
