using Portal.Jobs;

namespace Portal.Listings;

internal static class ListingsSetup
{
    public static void AddListings(this IServiceCollection services)
    {
        services.AddScoped<Publisher>();
        services.AddSingleton<Buyers>();
        services.AddScoped<DraftPictures>();
        services.AddScoped<IPeriodicJob, NightlyCheck>();
        services.AddScoped<IPeriodicJob, RetirementJob>();
    }

    public static void MapListings(this IEndpointRouteBuilder routes)
    {
        ListingForms.Map(routes);
        LifeForms.Map(routes);
        ReviewForms.Map(routes);
    }
}
