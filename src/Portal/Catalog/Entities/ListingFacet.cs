namespace Portal.Catalog;

public enum FacetKind { Vertical, Function, Price, Language }

/// <summary>One thing that a listing can be narrowed down by. Derived from the listing: see <see cref="CatalogIndex"/>.</summary>
public sealed class ListingFacet
{
    public required ListingId ListingId { get; init; }

    public required FacetKind Kind { get; init; }

    public required string Value { get; init; }
}
