using Microsoft.EntityFrameworkCore;

namespace Tenancy;

/// <summary>The registry on SQLite.</summary>
public sealed class SqliteRegistryDb(DbContextOptions<SqliteRegistryDb> options, TenantScope scope) : RegistryDb(options, scope);
