using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Tenancy;

/// <summary>Where databases differ: everything that a context needs to know about the one below it, and the only place with SQL of its own.</summary>
/// <remarks>Stateless; one instance a provider.</remarks>
public abstract class DatabaseDialect
{
    private static readonly DatabaseDialect Sqlite = new SqliteDialect();
    private static readonly DatabaseDialect PostgreSql = new PostgreSqlDialect();
    private static readonly DatabaseDialect SqlServer = new SqlServerDialect();

    private protected DatabaseDialect() { }

    /// <summary>Longest wait for another process's migrations.</summary>
    private protected static TimeSpan MigrationTurnMax { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Which database it speaks to.</summary>
    public abstract DatabaseProvider Provider { get; }

    /// <summary>How instants are stored; see the converters.</summary>
    public abstract Type InstantConverter { get; }

    /// <summary>The dialect of a provider.</summary>
    public static DatabaseDialect Of(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => Sqlite,
        DatabaseProvider.PostgreSql => PostgreSql,
        DatabaseProvider.SqlServer => SqlServer,
        _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "No such database provider."),
    };

    /// <summary>The dialect of the database that a context was opened on.</summary>
    public static DatabaseDialect Of(DatabaseFacade database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.IsSqlite() ? Sqlite : database.IsNpgsql() ? PostgreSql : database.IsSqlServer() ? SqlServer
            : throw new NotSupportedException($"'{database.ProviderName}' is no database of ours: Sqlite, PostgreSql or SqlServer is expected.");
    }

    /// <summary>Points a context at a database.</summary>
    /// <param name="options">The context's options.</param>
    /// <param name="connectionString">In the provider's own form.</param>
    /// <param name="historyTable">Table of applied migrations: each family of contexts on one database has its own.</param>
    public abstract void Use(DbContextOptionsBuilder options, string connectionString, string historyTable);

    /// <summary>A filter for an index: only rows whose <paramref name="column"/> is null.</summary>
    public virtual string IsNull(string column) => $"\"{column}\" IS NULL";

    /// <summary>Whether a save failed because a row with the same unique key was there first.</summary>
    public abstract bool IsUniqueViolation(DbException exception);

    /// <summary>Names a database to people: where it is, never how to sign in.</summary>
    public virtual string Locate(DbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return $"{Provider} database '{connection.Database}' on {connection.DataSource}";
    }

    /// <summary>Waits until no other process migrates this database, makes the database when it is absent, and holds the turn until disposed.</summary>
    /// <remarks>A turn ends with its process, however it ends.</remarks>
    public abstract Task<IAsyncDisposable> TakeMigrationTurnAsync(DatabaseFacade database, CancellationToken cancellationToken);

    /// <summary>Makes the database when it is absent; another process may make it at the same moment.</summary>
    private protected static async Task EnsureDatabaseAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        var creator = database.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken))
            return;

        try
        {
            await creator.CreateAsync(cancellationToken);
        }
        catch (DbException)
        {
            // The other was faster, or this was a real failure: only the database itself can tell.
            if (!await creator.ExistsAsync(cancellationToken))
                throw;
        }
    }
}
