namespace Databases;

/// <summary>Where the test command says that database servers are.</summary>
public static class TestServers
{
    /// <summary>Environment variable with the server's connection string, its database left to the tests; null when none is needed.</summary>
    public static string? Variable(Database database) => database switch
    {
        Database.PostgreSql => "MARKETPLACE_TEST_POSTGRESQL",
        Database.SqlServer => "MARKETPLACE_TEST_SQLSERVER",
        _ => null,
    };

    public static string? ConnectionString(Database database) =>
        Variable(database) is { } variable && Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
