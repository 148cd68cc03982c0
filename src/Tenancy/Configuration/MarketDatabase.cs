using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Tenancy;

/// <summary>The configured database of registry and portal. Reading it validates the configuration.</summary>
public sealed class MarketDatabase(IOptions<DatabaseOptions> database, IOptions<DataOptions> data)
{
    /// <summary>What to speak to it.</summary>
    public DatabaseDialect Dialect { get; } = DatabaseDialect.Of(database.Value.ProviderKind);

    /// <summary>How to reach it. Holds a password: never logged.</summary>
    public string ConnectionString { get; } = database.Value.ConnectionString ?? new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(data.Value.FullFolder, DatabaseOptions.DefaultFile),
    }.ToString();

    /// <summary>Points a context at it; see <see cref="DatabaseDialect.Use"/>.</summary>
    public void Use(DbContextOptionsBuilder options, string historyTable) => Dialect.Use(options, ConnectionString, historyTable);
}
