using Tenancy;

namespace Portal.Store;

internal static class PortalStore
{
    /// <summary>Registry and portal in one context: whoever asks for the registry gets the same unit of work.</summary>
    public static void AddPortalStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddTenancy(configuration);
        services.AddMarketContext<PortalDb, SqlitePortalDb, PostgreSqlPortalDb, SqlServerPortalDb>(PortalDb.HistoryTable);
        services.AddScoped<RegistryDb>(provider => provider.GetRequiredService<PortalDb>());
        services.AddHostedService<StoreMigration>();
    }
}
