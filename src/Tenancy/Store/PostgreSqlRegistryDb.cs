using Microsoft.EntityFrameworkCore;

namespace Tenancy;

/// <summary>The registry on PostgreSQL.</summary>
public sealed class PostgreSqlRegistryDb(DbContextOptions<PostgreSqlRegistryDb> options, TenantScope scope) : RegistryDb(options, scope);
