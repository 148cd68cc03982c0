using Microsoft.EntityFrameworkCore;
using Tenancy;

namespace Portal.Store;

/// <summary>The portal's rows on SQL Server.</summary>
public sealed class SqlServerPortalDb(DbContextOptions<SqlServerPortalDb> options, TenantScope scope, TimeProvider clock) : PortalDb(options, scope, clock);
