namespace Portal.Catalog;

/// <summary>Which state of a listing the catalog's rows are in: another one after each save that touches it. Whoever keeps listings in memory knows by it what to read again.</summary>
public sealed class CatalogStamp
{
    /// <summary>The row that changes with every other one, so that one look tells whether anything did.</summary>
    public static readonly ListingId Whole = new(Guid.Empty);

    /// <summary>A listing, also one that is gone, or <see cref="Whole"/>.</summary>
    public required ListingId ListingId { get; init; }

    /// <summary>Random: it is compared, never ordered.</summary>
    public required Guid Stamp { get; set; }
}
