using Line;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Tenancy;

/// <summary>The registry: who is who. Portal writes it (connections: the gateway does), the gateway follows it by revision.</summary>
/// <remarks>
/// Every tenant's row is filtered by the scope's tenant on reading and guarded on saving; a stranger's row is not found, never forbidden.
/// The portal's own context derives from this one, so that a purchase is one transaction.
/// </remarks>
public abstract class RegistryDb(DbContextOptions options, TenantScope scope) : DbContext(options)
{
    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Person> People => Set<Person>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<OfficialAccount> OfficialAccounts => Set<OfficialAccount>();

    public DbSet<Connection> Connections => Set<Connection>();

    public DbSet<Module> Modules => Set<Module>();

    public DbSet<Linkage> Linkages => Set<Linkage>();

    public DbSet<Plan> Plans => Set<Plan>();

    public DbSet<Price> Prices => Set<Price>();

    public DbSet<Subscription> Subscriptions => Set<Subscription>();

    internal DbSet<RegistryRevision> Revisions => Set<RegistryRevision>();

    /// <summary>Whose rows are seen. Query filters read it at execution, so one model serves all tenants.</summary>
    protected TenantScope Scope { get; } = scope;

    private TenantId? ScopeTenant => Scope.Tenant;

    private bool ScopeSeesAll => Scope.SeesEveryTenant;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        RegistryModel.Build(modelBuilder);
        modelBuilder.Entity<Organisation>().HasQueryFilter(row => ScopeSeesAll || row.Id == ScopeTenant);
        modelBuilder.Entity<Membership>().HasQueryFilter(row => ScopeSeesAll || row.TenantId == ScopeTenant);
        modelBuilder.Entity<OfficialAccount>().HasQueryFilter(row => ScopeSeesAll || row.TenantId == ScopeTenant);
        modelBuilder.Entity<Module>().HasQueryFilter(row => ScopeSeesAll || row.TenantId == ScopeTenant);
        modelBuilder.Entity<Linkage>().HasQueryFilter(row => ScopeSeesAll || row.TenantId == ScopeTenant);
        modelBuilder.Entity<Subscription>().HasQueryFilter(row => ScopeSeesAll || row.TenantId == ScopeTenant);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        RegistryModel.Conventions(configurationBuilder);
    }
}
