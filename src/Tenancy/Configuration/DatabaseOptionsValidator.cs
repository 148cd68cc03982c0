using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Tenancy;

/// <summary>Refuses a database that is named wrongly or by half, in one sentence with the key and what is expected.</summary>
/// <remarks>A connection string holds a password, so no sentence quotes it.</remarks>
internal sealed class DatabaseOptionsValidator(IConfiguration configuration) : IValidateOptions<DatabaseOptions>
{
    private const string ConnectionStringKey = "Database:ConnectionString";

    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        var failure = UnknownKeys.In(configuration.GetSection(DatabaseOptions.Section), nameof(DatabaseOptions.Provider), nameof(DatabaseOptions.ConnectionString))
            ?? ProviderFailure(options)
            ?? ConnectionStringFailure(options);
        return failure is null ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failure);
    }

    private static string? ProviderFailure(DatabaseOptions options) =>
        Enum.GetNames<DatabaseProvider>().Contains(options.Provider, StringComparer.Ordinal)
            ? null
            : $"Database:Provider must be Sqlite, PostgreSql or SqlServer; it is '{options.Provider}'.";

    private static string? ConnectionStringFailure(DatabaseOptions options)
    {
        var isEmbedded = options.ProviderKind == DatabaseProvider.Sqlite;
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
            return isEmbedded && options.ConnectionString is null ? null : $"{ConnectionStringKey} is missing: with Database:Provider {options.Provider}, {Expected(options.ProviderKind)} is expected.";

        try
        {
            return NamesDatabase(options.ProviderKind, options.ConnectionString)
                ? null
                : $"{ConnectionStringKey} names no database: with Database:Provider {options.Provider}, {Expected(options.ProviderKind)} is expected.";
        }
        catch (Exception refused) when (refused is ArgumentException or FormatException or InvalidCastException)
        {
            return $"{ConnectionStringKey} cannot be read: with Database:Provider {options.Provider}, {Expected(options.ProviderKind)} is expected.";
        }
    }

    private static string Expected(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => "'Data Source=/path/to/market.db'",
        DatabaseProvider.PostgreSql => "'Host=...;Database=...;Username=...;Password=...'",
        _ => "'Server=...;Database=...;User ID=...;Password=...'",
    };

    private static bool NamesDatabase(DatabaseProvider provider, string connectionString)
    {
        DbConnectionStringBuilder builder = provider switch
        {
            DatabaseProvider.Sqlite => new SqliteConnectionStringBuilder(connectionString),
            DatabaseProvider.PostgreSql => new NpgsqlConnectionStringBuilder(connectionString),
            _ => new SqlConnectionStringBuilder(connectionString),
        };
        return builder switch
        {
            SqliteConnectionStringBuilder sqlite => sqlite.DataSource.Length > 0,
            NpgsqlConnectionStringBuilder postgreSql => !string.IsNullOrEmpty(postgreSql.Host) && !string.IsNullOrEmpty(postgreSql.Database),
            SqlConnectionStringBuilder sqlServer => sqlServer.DataSource.Length > 0 && sqlServer.InitialCatalog.Length > 0,
            _ => false,
        };
    }
}
