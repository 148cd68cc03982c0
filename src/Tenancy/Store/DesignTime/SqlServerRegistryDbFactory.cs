using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Tenancy;

/// <summary>Makes the context for the tool that writes migrations; it never connects.</summary>
internal sealed class SqlServerRegistryDbFactory : IDesignTimeDbContextFactory<SqlServerRegistryDb>
{
    public SqlServerRegistryDb CreateDbContext(string[] args) => new(DesignTimeOptions.Of<SqlServerRegistryDb>(DatabaseProvider.SqlServer, RegistryMigrator.HistoryTable), new TenantScope());
}
