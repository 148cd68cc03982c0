using Microsoft.EntityFrameworkCore;
using Portal.Catalog;
using Portal.Store;

namespace Portal.Listings;

/// <summary>In and out of the shop window. Who has a module keeps it either way.</summary>
internal static class ShopDoor
{
    public static async Task CloseAsync(PortalDb db, OwnListing own, CancellationToken cancellationToken)
    {
        if (await ListingAsync(db, own, cancellationToken) is { } listing)
            listing.PublishedAt = null;
    }

    public static async Task OpenAsync(PortalDb db, OwnListing own, CancellationToken cancellationToken)
    {
        if (await ListingAsync(db, own, cancellationToken) is { } listing)
            listing.PublishedAt = own.FirstPublishedAt;
    }

    private static Task<Listing?> ListingAsync(PortalDb db, OwnListing own, CancellationToken cancellationToken) =>
        db.Listings.SingleOrDefaultAsync(row => row.Id == own.Id, cancellationToken);
}
