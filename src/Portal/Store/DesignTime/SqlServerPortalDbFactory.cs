using Microsoft.EntityFrameworkCore.Design;
using Tenancy;

namespace Portal.Store;

/// <summary>Makes the context for the tool that writes migrations; it never connects.</summary>
internal sealed class SqlServerPortalDbFactory : IDesignTimeDbContextFactory<SqlServerPortalDb>
{
    public SqlServerPortalDb CreateDbContext(string[] args) => new(DesignTimeOptions.Of<SqlServerPortalDb>(DatabaseProvider.SqlServer, PortalDb.HistoryTable), new TenantScope(), TimeProvider.System);
}
