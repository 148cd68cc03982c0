using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Tenancy;

/// <summary>Makes the context for the tool that writes migrations; it never connects.</summary>
internal sealed class SqliteRegistryDbFactory : IDesignTimeDbContextFactory<SqliteRegistryDb>
{
    public SqliteRegistryDb CreateDbContext(string[] args) => new(DesignTimeOptions.Of<SqliteRegistryDb>(DatabaseProvider.Sqlite, RegistryMigrator.HistoryTable), new TenantScope());
}
