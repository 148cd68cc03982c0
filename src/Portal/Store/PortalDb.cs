using Microsoft.EntityFrameworkCore;
using Portal.Catalog;
using Tenancy;

namespace Portal.Store;

/// <summary>The portal's rows beside the registry's in one database, so that a purchase is one transaction.</summary>
/// <remarks>Each feature maps its own entities in its own folder (<see cref="IEntityTypeConfiguration{TEntity}"/>) and reads them by <c>Set&lt;T&gt;()</c>.</remarks>
public abstract class PortalDb(DbContextOptions options, TenantScope scope) : RegistryDb(options, scope)
{
    /// <summary>Where the portal's applied migrations are listed; the registry lists its own elsewhere.</summary>
    public const string HistoryTable = "PortalMigrations";

    public DbSet<Listing> Listings => Set<Listing>();

    public DbSet<Provider> Providers => Set<Provider>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        ExcludeRegistryFromMigrations(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PortalDb).Assembly);
        ListingGram.Collate(modelBuilder, DatabaseDialect.Of(Database).Provider);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<ListingId>().HaveConversion<GuidIdConverter<ListingId>>();
        configurationBuilder.Properties<ProviderId>().HaveConversion<GuidIdConverter<ProviderId>>();
    }
}
