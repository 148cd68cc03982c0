using Tenancy;

namespace Portal.Catalog;

/// <summary>The least that a listing costs a month in one currency. Derived from its plans: see <see cref="CatalogIndex"/>.</summary>
public sealed class ListingPriceFrom
{
    public required ListingId ListingId { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>A yearly price counts with its twelfth, rounded up to what can be shown.</summary>
    public required long MinorUnitsPerMonth { get; init; }
}
