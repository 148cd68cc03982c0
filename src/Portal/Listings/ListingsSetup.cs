using Portal.Jobs;
using Portal.Operations.Stuck;

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
        services.AddScoped<IStuckSource, StuckListings>();
    }

    public static void MapListings(this IEndpointRouteBuilder routes)
    {
        ListingForms.Map(routes);
        LifeForms.Map(routes);
        ReviewForms.Map(routes);
    }
}
