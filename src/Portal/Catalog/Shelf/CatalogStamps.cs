using Microsoft.EntityFrameworkCore;
using Portal.Store;

namespace Portal.Catalog.Shelf;

/// <summary>Stamps the listings that are about to be saved, in their own unit of work.</summary>
internal static class CatalogStamps
{
    /// <summary>Adds the stamps to what is saved. Bulk statements (<c>ExecuteUpdate</c>) pass it by: they are not for rows of the catalog.</summary>
    public static async Task TouchAsync(PortalDb db, CancellationToken cancellationToken)
    {
        var touched = Touched(db);
        if (touched.Count == 0)
            return;

        HashSet<ListingId> wanted = [CatalogStamp.Whole, .. touched];
        var known = await db.Set<CatalogStamp>().Where(row => wanted.Contains(row.ListingId)).ToListAsync(cancellationToken);
        Write(db, wanted, known);
    }

    /// <inheritdoc cref="TouchAsync"/>
    public static void Touch(PortalDb db)
    {
        var touched = Touched(db);
        if (touched.Count == 0)
            return;

        HashSet<ListingId> wanted = [CatalogStamp.Whole, .. touched];
        Write(db, wanted, [.. db.Set<CatalogStamp>().Where(row => wanted.Contains(row.ListingId))]);
    }

    private static HashSet<ListingId> Touched(PortalDb db) =>
    [
        .. db.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(ListingId? (entry) => entry.Entity switch
            {
                Listing row => row.Id,
                ListingText row => row.ListingId,
                ListingFacet row => row.ListingId,
                ListingGram row => row.ListingId,
                ListingPriceFrom row => row.ListingId,
                Provider => CatalogStamp.Whole, // Providers are few, and read again with every change.
                _ => null,
            })
            .OfType<ListingId>(),
    ];

    private static void Write(PortalDb db, HashSet<ListingId> wanted, List<CatalogStamp> known)
    {
        foreach (var row in known)
            row.Stamp = Guid.NewGuid();
        db.AddRange(wanted.Except(known.Select(row => row.ListingId)).Select(id => new CatalogStamp { ListingId = id, Stamp = Guid.NewGuid() }));
        db.ChangeTracker.DetectChanges(); // Also where a mass import has switched that off.
    }
}
