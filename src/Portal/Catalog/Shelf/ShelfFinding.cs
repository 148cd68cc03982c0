namespace Portal.Catalog.Shelf;

/// <param name="Ids">Of the page's listings, in their order.</param>
internal sealed record ShelfFinding(int Total, int Page, int Pages, IReadOnlyList<ListingId> Ids, IReadOnlyDictionary<FacetKind, IReadOnlyDictionary<string, int>> Counts);
