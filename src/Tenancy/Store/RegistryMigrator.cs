using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Tenancy;

/// <summary>Brings the database to this version's tables. Safe when several processes start at once: one works, the others wait.</summary>
public sealed class RegistryMigrator(IServiceScopeFactory scopes, MarketDatabase database)
{
    /// <summary>Where the registry's applied migrations are listed.</summary>
    public const string HistoryTable = "RegistryMigrations";

    /// <summary>Applies the registry's migrations. Every process that uses the registry calls it before its first query.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();

        // The registry's own classes hold its migrations; a web app may have put a context of its own behind RegistryDb.
        RegistryDb registry = database.Dialect.Provider switch
        {
            DatabaseProvider.Sqlite => scope.ServiceProvider.GetRequiredService<SqliteRegistryDb>(),
            DatabaseProvider.PostgreSql => scope.ServiceProvider.GetRequiredService<PostgreSqlRegistryDb>(),
            _ => scope.ServiceProvider.GetRequiredService<SqlServerRegistryDb>(),
        };
        await MigrateAsync(registry, cancellationToken);
    }

    /// <summary>Applies a context's own migrations, likewise; the registry's come first.</summary>
    public static async Task MigrateAsync(DbContext db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        await using var turn = await DatabaseDialect.Of(db.Database).TakeMigrationTurnAsync(db.Database, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }
}
