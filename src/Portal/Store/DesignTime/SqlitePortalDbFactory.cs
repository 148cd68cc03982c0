using Microsoft.EntityFrameworkCore.Design;
using Tenancy;

namespace Portal.Store;

/// <summary>Makes the context for the tool that writes migrations; it never connects.</summary>
internal sealed class SqlitePortalDbFactory : IDesignTimeDbContextFactory<SqlitePortalDb>
{
    public SqlitePortalDb CreateDbContext(string[] args) => new(DesignTimeOptions.Of<SqlitePortalDb>(DatabaseProvider.Sqlite, PortalDb.HistoryTable), new TenantScope(), TimeProvider.System);
}
