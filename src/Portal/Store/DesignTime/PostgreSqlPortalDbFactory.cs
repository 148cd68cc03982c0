using Microsoft.EntityFrameworkCore.Design;
using Tenancy;

namespace Portal.Store;

/// <summary>Makes the context for the tool that writes migrations; it never connects.</summary>
internal sealed class PostgreSqlPortalDbFactory : IDesignTimeDbContextFactory<PostgreSqlPortalDb>
{
    public PostgreSqlPortalDb CreateDbContext(string[] args) => new(DesignTimeOptions.Of<PostgreSqlPortalDb>(DatabaseProvider.PostgreSql, PortalDb.HistoryTable), new TenantScope(), TimeProvider.System);
}
