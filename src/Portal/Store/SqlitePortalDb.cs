using Microsoft.EntityFrameworkCore;
using Tenancy;

namespace Portal.Store;

/// <summary>The portal's rows on SQLite.</summary>
public sealed class SqlitePortalDb(DbContextOptions<SqlitePortalDb> options, TenantScope scope, TimeProvider clock) : PortalDb(options, scope, clock);
