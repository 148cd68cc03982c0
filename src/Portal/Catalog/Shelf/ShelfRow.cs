using Tenancy;

namespace Portal.Catalog.Shelf;

/// <summary>Of a listing what narrowing and sorting ask for.</summary>
/// <param name="PublishedAt">In the future: not yet to be seen.</param>
/// <param name="Names">Language → name.</param>
/// <param name="PricesFrom">Currency → least a month, in minor units.</param>
internal sealed record ShelfRow(ListingId Id, ProviderId ProviderId, int Position, DateTimeOffset PublishedAt, IReadOnlyDictionary<string, string> Names, IReadOnlyDictionary<Currency, long> PricesFrom);
