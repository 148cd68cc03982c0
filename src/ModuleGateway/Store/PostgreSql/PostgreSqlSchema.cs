using ModuleGateway.Store.Sql;

namespace ModuleGateway.Store.PostgreSql;

/// <summary>What lies in PostgreSQL beside the tables.</summary>
internal static class PostgreSqlSchema
{
    /// <summary>The database's schema that is the gateway's alone.</summary>
    public const string Name = "gateway";

    /// <summary>Where a commit says in which lanes something is owed.</summary>
    public const string OwedChannel = "gateway_owed";

    /// <summary>The store's time in Unix milliseconds: the server's clock. Tests put a clock of their own in its place.</summary>
    public const string Now = "gateway_now";

    public static string Create { get; } = $"""
        {GatewaySchema.ForPostgreSql}
        CREATE TABLE store_version (version BIGINT NOT NULL);
        INSERT INTO store_version VALUES ({GatewaySchema.Version});
        CREATE FUNCTION {Now}() RETURNS BIGINT LANGUAGE sql VOLATILE AS 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint';
        """;
}
