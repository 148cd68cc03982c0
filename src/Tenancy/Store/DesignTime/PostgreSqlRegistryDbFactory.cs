using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Tenancy;

/// <summary>Makes the context for the tool that writes migrations; it never connects.</summary>
internal sealed class PostgreSqlRegistryDbFactory : IDesignTimeDbContextFactory<PostgreSqlRegistryDb>
{
    public PostgreSqlRegistryDb CreateDbContext(string[] args) => new(DesignTimeOptions.Of<PostgreSqlRegistryDb>(DatabaseProvider.PostgreSql, RegistryMigrator.HistoryTable), new TenantScope());
}
