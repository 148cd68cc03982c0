namespace Databases;

/// <summary>The databases that a store's contract is tested on.</summary>
public enum Database
{
    Sqlite,
    PostgreSql,
    SqlServer,
}
