using Microsoft.EntityFrameworkCore;
using Tenancy;

namespace Portal.Store;

/// <summary>The portal's rows on PostgreSQL.</summary>
public sealed class PostgreSqlPortalDb(DbContextOptions<PostgreSqlPortalDb> options, TenantScope scope, TimeProvider clock) : PortalDb(options, scope, clock);
