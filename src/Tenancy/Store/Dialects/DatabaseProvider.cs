namespace Tenancy;

/// <summary>The databases that the registry runs on; the names are the values of <c>Database:Provider</c>.</summary>
public enum DatabaseProvider
{
    /// <summary>A file: the embedded default.</summary>
    Sqlite,

    /// <summary>PostgreSQL 15 or later.</summary>
    PostgreSql,

    /// <summary>SQL Server 2019 or later, or Azure SQL.</summary>
    SqlServer,
}
