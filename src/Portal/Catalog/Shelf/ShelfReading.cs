using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Catalog.Shelf;

/// <summary>Makes the next snapshot from the one before and from the rows that changed since.</summary>
internal sealed class ShelfReading(PortalDb db, ShelfSnapshot before)
{
    // Within what every database takes as parameters of one statement.
    private const int AtOnce = 500;
    private readonly List<ShelfRow?> _rows = [];
    private readonly Dictionary<ListingId, int> _places = [];
    private readonly Dictionary<(FacetKind, string), List<int>> _facets = [];
    private readonly Dictionary<string, List<(int Place, int Weight)>> _grams = new(StringComparer.Ordinal);

    public async Task<ShelfSnapshot> ReadAsync(Guid stamp, CancellationToken cancellationToken)
    {
        var stamps = await db.Set<CatalogStamp>().AsNoTracking().Where(row => row.ListingId != CatalogStamp.Whole).ToDictionaryAsync(row => row.ListingId, row => row.Stamp, cancellationToken);
        var changed = stamps.Where(row => before.Stamps.GetValueOrDefault(row.Key) != row.Value).Select(row => row.Key).ToHashSet();
        // At first, and where most is new or most places are empty, all is read anew.
        var isWhole = before.Rows.Count == 0 || changed.Count * 2 > before.Rows.Count || before.Rows.Count(row => row is null) * 2 > before.Rows.Count;
        if (isWhole)
            await ReadRowsAsync(null, cancellationToken);
        else
        {
            _rows.AddRange(before.Rows.Select(row => row is not null && changed.Contains(row.Id) ? null : row));
            foreach (var ids in changed.Chunk(AtOnce))
                await ReadRowsAsync(ids, cancellationToken);
        }

        var certified = await db.Providers.Where(row => row.CertifiedUntil != null).ToDictionaryAsync(row => row.Id, row => row.CertifiedUntil!.Value, cancellationToken);
        return new(stamp, stamps, certified, _rows, Facets(isWhole), Postings(isWhole));
    }

    /// <param name="only">Null: all.</param>
    private async Task ReadRowsAsync(ListingId[]? only, CancellationToken cancellationToken)
    {
        var listings = await db.Listings.AsNoTracking().Where(row => row.PublishedAt != null && (only == null || only.Contains(row.Id)))
            .Select(row => new { row.Id, row.ProviderId, row.Position, PublishedAt = row.PublishedAt!.Value }).ToListAsync(cancellationToken);
        var names = (await db.Set<ListingText>().Where(row => only == null || only.Contains(row.ListingId)).Select(row => new { row.ListingId, row.Language, row.Name }).ToListAsync(cancellationToken))
            .ToLookup(row => row.ListingId);
        var prices = (await db.Set<ListingPriceFrom>().AsNoTracking().Where(row => only == null || only.Contains(row.ListingId)).ToListAsync(cancellationToken)).ToLookup(row => row.ListingId);
        foreach (var listing in listings)
        {
            _places[listing.Id] = _rows.Count;
            _rows.Add(new(
                listing.Id, listing.ProviderId, listing.Position, listing.PublishedAt, names[listing.Id].ToDictionary(row => row.Language, row => row.Name),
                prices[listing.Id].ToDictionary(row => row.Currency, row => row.MinorUnitsPerMonth)));
        }

        await foreach (var row in db.Set<ListingFacet>().AsNoTracking().Where(row => only == null || only.Contains(row.ListingId)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (_places.TryGetValue(row.ListingId, out var place))
                Of(_facets, (row.Kind, row.Value)).Add(place);
        }

        var grams = db.Set<ListingGram>().Where(row => only == null || only.Contains(row.ListingId)).Select(row => new { row.ListingId, row.Gram, row.Weight });
        await foreach (var row in grams.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (_places.TryGetValue(row.ListingId, out var place))
                Of(_grams, row.Gram).Add((place, row.Weight));
        }
    }

    private Dictionary<(FacetKind Kind, string Value), ShelfBits> Facets(bool isWhole)
    {
        var facets = new Dictionary<(FacetKind Kind, string Value), ShelfBits>();
        foreach (var facet in (isWhole ? [] : before.Facets.Keys).Union(_facets.Keys))
        {
            var bits = facets[facet] = new ShelfBits(_rows.Count);
            if (!isWhole && before.Facets.TryGetValue(facet, out var known))
                bits.AddAll(known);
            foreach (var place in _facets.GetValueOrDefault(facet, []))
                bits.Add(place);
        }

        return facets;
    }

    private Dictionary<string, ShelfPosting> Postings(bool isWhole)
    {
        var postings = isWhole ? new Dictionary<string, ShelfPosting>(StringComparer.Ordinal) : new Dictionary<string, ShelfPosting>(before.Postings, StringComparer.Ordinal);
        foreach (var (gram, hits) in _grams)
            postings[gram] = postings.TryGetValue(gram, out var known) ? known.With(hits) : new ShelfPosting([], []).With(hits);
        return postings;
    }

    private static List<TValue> Of<TKey, TValue>(Dictionary<TKey, List<TValue>> all, TKey key)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out var list))
            all[key] = list = [];
        return list;
    }
}
