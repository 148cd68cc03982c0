namespace Portal.Providers;

internal static class ProvidersSetup
{
    public static void AddProviders(this IServiceCollection services) => services.AddScoped<Certification>();
}
