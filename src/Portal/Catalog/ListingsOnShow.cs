namespace Portal.Catalog;

public static class ListingsOnShow
{
    /// <summary>What anybody may see now: published, by a provider whose certification holds. Whoever shows or sells a listing starts here.</summary>
    /// <remarks>The shelf in memory holds the same rule (<see cref="Shelf.ShelfSnapshot"/>): whoever changes one changes both. A certification that lapses takes its listings out of the window at that moment without anybody doing anything, and its renewal brings them back.</remarks>
    public static IQueryable<Listing> OnShow(this IQueryable<Listing> listings, DateTimeOffset now) =>
        listings.Where(listing => listing.PublishedAt != null && listing.PublishedAt <= now && listing.Provider!.CertifiedUntil > now);
}
