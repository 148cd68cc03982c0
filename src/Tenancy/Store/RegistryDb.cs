using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Tenancy;

/// <summary>The registry: who is who. Portal writes it (connections: the gateway does), the gateway follows it by revision.</summary>
/// <remarks>
/// Every tenant's row (<see cref="ITenantOwned"/>) is filtered by the scope's tenant on reading and guarded on saving; a stranger's row is not found, never forbidden.
/// The portal's own context derives from this one, so that a purchase is one transaction. Bulk statements (<c>ExecuteUpdate</c>, <c>ExecuteDelete</c>)
/// pass the filter but neither guard nor revision: they are not for rows of the registry.
/// </remarks>
public abstract class RegistryDb(DbContextOptions options, TenantScope scope) : DbContext(options)
{
    /// <summary>Tenants.</summary>
    public DbSet<Organisation> Organisations => Set<Organisation>();

    /// <summary>Everybody who signs in; belongs to no tenant.</summary>
    public DbSet<Person> People => Set<Person>();

    /// <summary>Who may do what in which organisation.</summary>
    public DbSet<Membership> Memberships => Set<Membership>();

    /// <summary>Claimed LINE Official Accounts.</summary>
    public DbSet<OfficialAccount> OfficialAccounts => Set<OfficialAccount>();

    /// <summary>Our Module Channel on each bot, as the gateway knows it; belongs to no tenant.</summary>
    public DbSet<Connection> Connections => Set<Connection>();

    /// <summary>Providers' products.</summary>
    public DbSet<Module> Modules => Set<Module>();

    /// <summary>Modules attached to bots.</summary>
    public DbSet<Linkage> Linkages => Set<Linkage>();

    /// <summary>What modules cost and allow; open to all.</summary>
    public DbSet<Plan> Plans => Set<Plan>();

    /// <summary>Immutable prices of plans; open to all.</summary>
    public DbSet<Price> Prices => Set<Price>();

    /// <summary>Tenants' rights to plans.</summary>
    public DbSet<Subscription> Subscriptions => Set<Subscription>();

    internal DbSet<RegistryRevision> Revisions => Set<RegistryRevision>();

    /// <summary>Whose rows are seen. Query filters read it at execution, so one model serves all tenants.</summary>
    protected TenantScope Scope { get; } = scope;

    internal TenantId? ScopeTenant => Scope.Tenant;

    internal bool ScopeSeesAll => Scope.SeesEveryTenant;

    /// <summary>The revision of the last committed change: 0 while the registry is empty.</summary>
    /// <remarks>
    /// To follow: read this first, then the rows whose <see cref="IRevisioned.Revision"/> is greater than the last one applied.
    /// Revisions commit in order, so that no row with a smaller one can appear later.
    /// </remarks>
    public Task<long> CurrentRevisionAsync(CancellationToken cancellationToken) =>
        Revisions.Where(row => row.Id == RegistryRevision.TheRow).Select(row => row.Value).SingleAsync(cancellationToken);

    /// <summary>Saves, unless another was first.</summary>
    /// <returns>
    /// False when a unique index refused a row or a row was changed since it was read. Nothing is saved then, and the context forgets everything it
    /// tracked: read again what the other one wrote.
    /// </returns>
    public async Task<bool> TrySaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException refused) when (refused is DbUpdateConcurrencyException
            || (refused.InnerException is DbException cause && DatabaseDialect.Of(Database).IsUniqueViolation(cause)))
        {
            ChangeTracker.Clear();
            return false;
        }
    }

    /// <inheritdoc />
    /// <exception cref="TenantMismatchException">A row of another tenant would be written: a bug in the caller.</exception>
    /// <exception cref="ImmutableRowException">A price would be altered, or a followed row deleted: a bug in the caller.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        if (!GuardAndAskForRevision())
            return base.SaveChanges(acceptAllChangesOnSuccess);

        using var own = Database.CurrentTransaction is null ? Database.BeginTransaction() : null;
        RevisionStamp.Apply(this);
        var rows = base.SaveChanges(acceptAllChangesOnSuccess: false);
        own?.Commit();
        if (acceptAllChangesOnSuccess)
            ChangeTracker.AcceptAllChanges();

        return rows;
    }

    /// <inheritdoc />
    /// <exception cref="TenantMismatchException">A row of another tenant would be written: a bug in the caller.</exception>
    /// <exception cref="ImmutableRowException">A price would be altered, or a followed row deleted: a bug in the caller.</exception>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (!GuardAndAskForRevision())
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

        await using var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        await RevisionStamp.ApplyAsync(this, cancellationToken);
        var rows = await base.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);

        // Accepted only when committed: after a lost commit the same context can save again.
        if (own is not null)
            await own.CommitAsync(cancellationToken);
        if (acceptAllChangesOnSuccess)
            ChangeTracker.AcceptAllChanges();

        return rows;
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        RegistryModel.Build(modelBuilder, DatabaseDialect.Of(Database));

        // Its own key is the tenant; whatever is tenant-owned has its filter by convention.
        modelBuilder.Entity<Organisation>().HasQueryFilter(row => ScopeSeesAll || row.Id == ScopeTenant);
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        RegistryModel.Conventions(configurationBuilder, DatabaseDialect.Of(Database));
        configurationBuilder.Conventions.Add(_ => new TenantFilterConvention(this));
    }

    /// <summary>Leaves the registry's tables to the registry's own migrations. For a context that adds tables of its own beside them.</summary>
    protected static void ExcludeRegistryFromMigrations(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        RegistryModel.ExcludeFromMigrations(modelBuilder);
    }

    private bool GuardAndAskForRevision()
    {
        if (ChangeTracker.AutoDetectChangesEnabled)
            ChangeTracker.DetectChanges();

        SaveGuard.Check(ChangeTracker, Scope);
        return RevisionStamp.IsNeeded(ChangeTracker);
    }
}
