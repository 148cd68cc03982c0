using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Catalog;
using Portal.Catalog.Shelf;
using Portal.Frame.Mediation;
using Portal.Providers;
using Tenancy;

namespace Portal.Store;

/// <summary>The portal's rows beside the registry's in one database, so that a purchase is one transaction.</summary>
/// <remarks>Each feature maps its own entities in its own folder (<see cref="IEntityTypeConfiguration{TEntity}"/>) and reads them by <c>Set&lt;T&gt;()</c>.</remarks>
public abstract class PortalDb(DbContextOptions options, TenantScope scope, TimeProvider clock) : RegistryDb(options, scope)
{
    /// <summary>Where the portal's applied migrations are listed; the registry lists its own elsewhere.</summary>
    public const string HistoryTable = "PortalMigrations";

    public DbSet<Listing> Listings => Set<Listing>();

    public DbSet<Provider> Providers => Set<Provider>();

    private TenantId? SeenTenant => Scope.Tenant;

    private bool SeesAll => Scope.SeesEveryTenant;

    /// <inheritdoc />
    /// <exception cref="ImmutableRowException">A row that is only ever added would be altered or deleted.</exception>
    /// <exception cref="NotCertifiedException">A listing would enter the catalog whose provider is not certified.</exception>
    /// <exception cref="UnauditedChangeException">Within a command whose saves are each their own: no audit row is saved with the change.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        PublishGuard.Check(this, clock.GetUtcNow());
        CatalogStamps.Touch(this);
        var saving = Look();
        if (saving.Run?.Joins(this) == true && Database.CurrentTransaction is null)
            Database.BeginTransaction();

        var rows = base.SaveChanges(acceptAllChangesOnSuccess);
        saving.Run?.Saved(saving.Changes, saving.Audit);
        return rows;
    }

    /// <inheritdoc />
    /// <exception cref="ImmutableRowException">A row that is only ever added would be altered or deleted.</exception>
    /// <exception cref="NotCertifiedException">A listing would enter the catalog whose provider is not certified.</exception>
    /// <exception cref="UnauditedChangeException">Within a command whose saves are each their own: no audit row is saved with the change.</exception>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await PublishGuard.CheckAsync(this, clock.GetUtcNow(), cancellationToken);
        await CatalogStamps.TouchAsync(this, cancellationToken);
        var saving = Look();
        if (saving.Run?.Joins(this) == true && Database.CurrentTransaction is null)
            await Database.BeginTransactionAsync(cancellationToken); // The command's behaviour commits it.

        var rows = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        saving.Run?.Saved(saving.Changes, saving.Audit);
        return rows;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        ExcludeRegistryFromMigrations(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PortalDb).Assembly);
        modelBuilder.Entity<AuditRow>().HasQueryFilter(row => SeesAll || (row.TenantId != null && row.TenantId == SeenTenant));
        ListingGram.Collate(modelBuilder, DatabaseDialect.Of(Database).Provider);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<ListingId>().HaveConversion<GuidIdConverter<ListingId>>();
        configurationBuilder.Properties<ProviderId>().HaveConversion<GuidIdConverter<ProviderId>>();
        configurationBuilder.Properties<Portal.Listings.ListingVersionId>().HaveConversion<GuidIdConverter<Portal.Listings.ListingVersionId>>();
    }

    /// <summary>What is about to be saved, held against the request that saves it.</summary>
    private (RequestRun? Run, bool Changes, bool Audit) Look()
    {
        var (changes, audit) = (false, false);
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached)
                continue;
            if (entry.Entity is IAppendOnly && entry.State != EntityState.Added)
                throw new ImmutableRowException($"A {entry.Metadata.ClrType.Name} is added once; it is neither altered nor deleted.");

            audit |= entry.Entity is AuditRow;
            changes |= entry.Entity is not AuditRow;
        }

        var run = RequestRun.Current;
        if (run is { IsCommand: false } && (changes || audit))
            throw new InvalidOperationException($"{run.Name} is a query and saves nothing.");
        if (run is not null && !run.Joins(this) && changes && !audit)
            throw new UnauditedChangeException(run.Name);

        return (run, changes, audit);
    }
}
