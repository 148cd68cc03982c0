using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Tenancy;

/// <summary>Brings the database to this version's tables. Safe when several processes start at once: one works, the others wait.</summary>
public sealed class RegistryMigrator(IServiceScopeFactory scopes, MarketDatabase database)
{
    /// <summary>Where the registry's applied migrations are listed.</summary>
    public const string HistoryTable = "RegistryMigrations";

    private const string Keys = "Database:ConnectionString, or Data:Folder for the embedded default, says where it is.";

    /// <summary>Applies the registry's migrations. Every process that uses the registry calls it before its first query.</summary>
    /// <exception cref="DatabaseUnusableException">It cannot be reached, or is no database of ours.</exception>
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
    /// <exception cref="DatabaseUnusableException">It cannot be reached, or is no database of ours.</exception>
    public static async Task MigrateAsync(DbContext db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var dialect = DatabaseDialect.Of(db.Database);
        try
        {
            await using var turn = await dialect.TakeMigrationTurnAsync(db.Database, cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
        }
        catch (Exception refused) when ((refused as DbException ?? refused.InnerException) is DbException cause)
        {
            // EF Core wraps what may be transient, such as a server that does not answer; the cause is what helps.
            throw new DatabaseUnusableException($"The {dialect.Locate(db.Database.GetDbConnection())} cannot be used: {cause.Message.TrimEnd('.')}. {Keys}", cause);
        }
    }
}
