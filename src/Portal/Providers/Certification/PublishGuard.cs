using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Portal.Catalog;
using Portal.Store;
using Tenancy;

namespace Portal.Providers;

/// <summary>No save puts a listing into the catalog unless the module's own organisation is a certified provider then. Every way leads through here: page, endpoint, command, import.</summary>
/// <remarks>A certification that ends between this look and the commit is seen at the next one: <see cref="ListingsOnShow"/> asks again whenever somebody looks.</remarks>
internal static class PublishGuard
{
    /// <exception cref="NotCertifiedException">One that may not.</exception>
    public static void Check(PortalDb db, DateTimeOffset now)
    {
        if (Entering(db.ChangeTracker) is { Count: > 0 } listings)
            Refuse(db, listings, [.. Providers(db, listings)], [.. Modules(db, listings)], now);
    }

    /// <exception cref="NotCertifiedException">One that may not.</exception>
    public static async Task CheckAsync(PortalDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (Entering(db.ChangeTracker) is { Count: > 0 } listings)
            Refuse(db, listings, await Providers(db, listings).ToListAsync(cancellationToken), await Modules(db, listings).ToListAsync(cancellationToken), now);
    }

    private static List<Listing> Entering(ChangeTracker tracker) =>
    [
        .. tracker.Entries<Listing>()
            .Where(entry => entry.Entity.PublishedAt is not null
                && (entry.State == EntityState.Added || (entry.State == EntityState.Modified && entry.Property(row => row.PublishedAt).IsModified)))
            .Select(entry => entry.Entity),
    ];

    private static IQueryable<Provider> Providers(PortalDb db, List<Listing> listings)
    {
        var ids = listings.Select(listing => listing.ProviderId).Distinct().ToArray();
        return db.Providers.AsNoTracking().Where(row => ids.Contains(row.Id));
    }

    /// <summary>Those that this save does not bring itself; read past the filter, for one may be named that is a stranger's.</summary>
    private static IQueryable<Module> Modules(PortalDb db, List<Listing> listings)
    {
        var ids = listings.Select(listing => listing.ModuleId).Except(db.ChangeTracker.Entries<Module>().Select(entry => entry.Entity.Id)).ToArray();
        return db.Modules.IgnoreQueryFilters().AsNoTracking().Where(row => ids.Contains(row.Id));
    }

    private static void Refuse(PortalDb db, List<Listing> listings, IReadOnlyList<Provider> storedProviders, IReadOnlyList<Module> storedModules, DateTimeOffset now)
    {
        // What this save itself adds or changes counts as it will be.
        var providers = storedProviders.Concat(db.ChangeTracker.Entries<Provider>().Select(entry => entry.Entity)).ToLookup(row => row.Id);
        var modules = storedModules.Concat(db.ChangeTracker.Entries<Module>().Select(entry => entry.Entity)).ToLookup(row => row.Id);
        foreach (var listing in listings)
        {
            if (providers[listing.ProviderId].LastOrDefault() is not { } provider || modules[listing.ModuleId].LastOrDefault() is not { } module)
                continue; // There is none: the foreign key refuses it.
            if (provider.TenantId != module.TenantId)
                throw new NotCertifiedException($"Listing {listing.Slug} names a provider that is not its module's organisation.");
            if (!(provider.CertifiedUntil > now))
                throw new NotCertifiedException($"Listing {listing.Slug} cannot be published: its provider's certification {(provider.CertifiedUntil is { } until ? $"ended at {until:u}" : "is missing")}.");
        }
    }
}
