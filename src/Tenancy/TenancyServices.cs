using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tenancy;

/// <summary>How a web app takes tenancy into its services.</summary>
public static class TenancyServices
{
    /// <summary>One key ring for portal and gateway: what one protects, the other reads.</summary>
    private const string KeyRingName = "ModuleMarket";

    /// <summary>The registry on the configured database, the tenant of the unit of work, and the protection of secrets.</summary>
    /// <remarks>
    /// Sections "Database" and "Data" are validated at the start. Scoped: <see cref="TenantScope"/> (nobody, until entered), <see cref="RegistryDb"/>,
    /// <see cref="TenantResolver"/>. Singletons: <see cref="SecretProtector"/>, <see cref="MarketDatabase"/>, <see cref="RegistryMigrator"/>.
    /// </remarks>
    public static IServiceCollection AddTenancy(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<DataOptions>().Bind(configuration.GetSection(DataOptions.Section)).ValidateOnStart();
        services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection(DatabaseOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DataOptions>>(new DataOptionsValidator(configuration));
        services.AddSingleton<IValidateOptions<DatabaseOptions>>(new DatabaseOptionsValidator(configuration));

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MarketDatabase>();
        services.AddSingleton<RegistryMigrator>();
        services.AddScoped<TenantScope>();
        services.AddScoped<TenantResolver>();
        services.AddMarketContext<RegistryDb, SqliteRegistryDb, PostgreSqlRegistryDb, SqlServerRegistryDb>(RegistryMigrator.HistoryTable);
        return services.AddSecrets();
    }

    /// <summary>A context on the configured database, with one class a provider so that each has migrations of its own.</summary>
    /// <param name="services">Services with <see cref="AddTenancy"/>.</param>
    /// <param name="historyTable">Table of its applied migrations, its own among the contexts of this database.</param>
    public static IServiceCollection AddMarketContext<TContext, TSqlite, TPostgreSql, TSqlServer>(this IServiceCollection services, string historyTable)
        where TContext : DbContext
        where TSqlite : TContext
        where TPostgreSql : TContext
        where TSqlServer : TContext
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddDbContext<TSqlite>(Use);
        services.AddDbContext<TPostgreSql>(Use);
        services.AddDbContext<TSqlServer>(Use);
        return services.AddScoped<TContext>(provider => provider.GetRequiredService<MarketDatabase>().Dialect.Provider switch
        {
            DatabaseProvider.Sqlite => provider.GetRequiredService<TSqlite>(),
            DatabaseProvider.PostgreSql => provider.GetRequiredService<TPostgreSql>(),
            _ => provider.GetRequiredService<TSqlServer>(),
        });

        void Use(IServiceProvider provider, DbContextOptionsBuilder options) => provider.GetRequiredService<MarketDatabase>().Use(options, historyTable);
    }

    private static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName(KeyRingName);
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<DataOptions>, ILoggerFactory>(static (keys, data, logs) =>
            keys.XmlRepository = new FileSystemXmlRepository(Directory.CreateDirectory(data.Value.KeyFolder), logs));
        return services.AddSingleton<SecretProtector>();
    }
}
