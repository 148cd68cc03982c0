using Microsoft.EntityFrameworkCore;

namespace Tenancy;

/// <summary>The registry on SQL Server.</summary>
public sealed class SqlServerRegistryDb(DbContextOptions<SqlServerRegistryDb> options, TenantScope scope) : RegistryDb(options, scope);
