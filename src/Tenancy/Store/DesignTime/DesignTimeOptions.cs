using Microsoft.EntityFrameworkCore;

namespace Tenancy;

/// <summary>Options for a context that only shows its model: for the migration tool, scripts and tests of the model. It names no database that exists.</summary>
public static class DesignTimeOptions
{
    /// <summary>Options of a context on <paramref name="provider"/>.</summary>
    public static DbContextOptions<TContext> Of<TContext>(DatabaseProvider provider, string historyTable) where TContext : DbContext
    {
        var options = new DbContextOptionsBuilder<TContext>();
        DatabaseDialect.Of(provider).Use(options, ConnectionString(provider), historyTable);
        return options.Options;
    }

    private static string ConnectionString(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => "Data Source=design-time.db",
        DatabaseProvider.PostgreSql => "Host=design-time.invalid;Database=market",
        _ => "Server=design-time.invalid;Database=market",
    };
}
