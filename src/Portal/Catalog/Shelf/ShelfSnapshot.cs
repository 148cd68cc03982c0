using System.Collections.Concurrent;
using System.Globalization;
using Portal.Catalog.Search;
using Portal.Frame.Language;

namespace Portal.Catalog.Shelf;

/// <summary>The catalog at one moment, in memory: what is found, counted and sorted without the database, in the time that 100 listings take or 10 000.</summary>
/// <remarks>Immutable; thread-safe. A listing that changes gets a new place, its old one stays empty, so that what did not change is shared with the snapshot before.</remarks>
internal sealed class ShelfSnapshot(
    Guid stamp, IReadOnlyDictionary<ListingId, Guid> stamps, IReadOnlyDictionary<ProviderId, DateTimeOffset> certifiedUntil, IReadOnlyList<ShelfRow?> rows,
    IReadOnlyDictionary<(FacetKind Kind, string Value), ShelfBits> facets, IReadOnlyDictionary<string, ShelfPosting> postings)
{
    public static readonly ShelfSnapshot Empty = new(
        Guid.Empty, new Dictionary<ListingId, Guid>(), new Dictionary<ProviderId, DateTimeOffset>(), [], new Dictionary<(FacetKind, string), ShelfBits>(), new Dictionary<string, ShelfPosting>());

    private readonly Lazy<int[]> _editorsRank = new(() => Ranks(rows, (left, right) => left.Position != right.Position ? left.Position.CompareTo(right.Position) : left.Id.Value.CompareTo(right.Id.Value)));
    private readonly ConcurrentDictionary<string, int[]> _nameRanks = [];

    /// <summary>Of <see cref="CatalogStamp.Whole"/> when it was read.</summary>
    public Guid Stamp => stamp;

    /// <summary>Of each listing when it was read.</summary>
    public IReadOnlyDictionary<ListingId, Guid> Stamps => stamps;

    /// <summary>By place; null where a listing changed or went.</summary>
    public IReadOnlyList<ShelfRow?> Rows => rows;

    public IReadOnlyDictionary<(FacetKind Kind, string Value), ShelfBits> Facets => facets;

    public IReadOnlyDictionary<string, ShelfPosting> Postings => postings;

    /// <summary>Total, one page's listings in order, and for each facet value how many there would be with it, all other kinds staying as they are.</summary>
    public ShelfFinding Find(SearchCatalog.Query query, DateTimeOffset now)
    {
        var among = OnShow(now);
        var weights = Weigh(query.Text, among);
        var wishes = query.Wanted.Where(wish => wish.Value.Count > 0).ToDictionary(wish => wish.Key, wish => Any(wish.Key, wish.Value));
        var found = Narrow(among, wishes.Values);
        var without = wishes.Keys.ToDictionary(kind => kind, kind => Narrow(among, wishes.Where(wish => wish.Key != kind).Select(wish => wish.Value)));
        var counts = Enum.GetValues<FacetKind>().ToDictionary(kind => kind, IReadOnlyDictionary<string, int> (kind) =>
        {
            var basis = without.GetValueOrDefault(kind, found);
            return facets.Where(facet => facet.Key.Kind == kind).Select(facet => KeyValuePair.Create(facet.Key.Value, basis.CountWith(facet.Value))).Where(count => count.Value > 0).ToDictionary();
        });

        var total = found.Count();
        var pages = Math.Max(1, (total + SearchCatalog.PageSize - 1) / SearchCatalog.PageSize);
        var page = Math.Min(query.Page, pages);
        var places = found.Places().ToArray();
        Array.Sort(places, Comparison(query, weights));
        return new(total, page, pages, [.. places.Skip((page - 1) * SearchCatalog.PageSize).Take(SearchCatalog.PageSize).Select(place => rows[place]!.Id)], counts);
    }

    /// <summary>The rule of <see cref="ListingsOnShow"/>.</summary>
    private ShelfBits OnShow(DateTimeOffset now)
    {
        var bits = new ShelfBits(rows.Count);
        for (var place = 0; place < rows.Count; place++)
        {
            if (rows[place] is { } row && row.PublishedAt <= now && certifiedUntil.TryGetValue(row.ProviderId, out var until) && until > now)
                bits.Add(place);
        }

        return bits;
    }

    /// <summary>Leaves only what has all grams of the text.</summary>
    /// <returns>By place how much the hit says; null without a text to look for.</returns>
    private int[]? Weigh(string? text, ShelfBits among)
    {
        if (text is null || SearchText.GramsToFind(text) is not { Count: > 0 } grams)
            return null;

        var (hits, weights) = (new int[rows.Count], new int[rows.Count]);
        foreach (var gram in grams)
            postings.GetValueOrDefault(gram)?.Count(hits, weights);

        var matching = new ShelfBits(rows.Count);
        for (var place = 0; place < hits.Length; place++)
        {
            if (hits[place] == grams.Count)
                matching.Add(place);
        }

        among.Keep(matching);
        return weights;
    }

    private ShelfBits Any(FacetKind kind, IEnumerable<string> values)
    {
        var bits = new ShelfBits(rows.Count);
        foreach (var value in values)
        {
            if (facets.TryGetValue((kind, value), out var having))
                bits.AddAll(having);
        }

        return bits;
    }

    private ShelfBits Narrow(ShelfBits among, IEnumerable<ShelfBits> wishes)
    {
        var bits = new ShelfBits(rows.Count);
        bits.AddAll(among);
        foreach (var wish in wishes)
            bits.Keep(wish);
        return bits;
    }

    private Comparison<int> Comparison(SearchCatalog.Query query, int[]? weights)
    {
        var rank = _editorsRank.Value;
        switch (query.Order)
        {
            case SearchCatalog.Order.Newest:
                return (left, right) => rows[right]!.PublishedAt.CompareTo(rows[left]!.PublishedAt) is var days and not 0 ? days : rank[left].CompareTo(rank[right]);
            case SearchCatalog.Order.Cheapest:
                return (left, right) => Price(left).CompareTo(Price(right)) is var price and not 0 ? price : rank[left].CompareTo(rank[right]);
            case SearchCatalog.Order.Name:
                var names = _nameRanks.GetOrAdd(query.Language, RanksByName);
                return (left, right) => names[left].CompareTo(names[right]);
            default:
                return weights is null
                    ? (left, right) => rank[left].CompareTo(rank[right])
                    : (left, right) => weights[right].CompareTo(weights[left]) is var weight and not 0 ? weight : rank[left].CompareTo(rank[right]);
        }

        long Price(int place) => rows[place]!.PricesFrom.TryGetValue(query.Currency, out var least) ? least : long.MaxValue; // Not sold in this currency: last.
    }

    private int[] RanksByName(string language)
    {
        var compare = CultureInfo.GetCultureInfo(language).CompareInfo;
        var keys = rows.Where(row => row is not null).ToDictionary(row => row!.Id, row => compare.GetSortKey(
            Languages.Choose(language, [.. row!.Names.Keys]) is { } shown ? row.Names[shown] : "", CompareOptions.IgnoreCase | CompareOptions.IgnoreWidth | CompareOptions.IgnoreKanaType));
        return Ranks(rows, (left, right) => SortKey.Compare(keys[left.Id], keys[right.Id]) is var names and not 0 ? names : left.Id.Value.CompareTo(right.Id.Value));
    }

    private static int[] Ranks(IReadOnlyList<ShelfRow?> rows, Comparison<ShelfRow> compare)
    {
        var places = Enumerable.Range(0, rows.Count).Where(place => rows[place] is not null).ToArray();
        Array.Sort(places, (left, right) => compare(rows[left]!, rows[right]!));
        var ranks = new int[rows.Count];
        for (var rank = 0; rank < places.Length; rank++)
            ranks[places[rank]] = rank;
        return ranks;
    }
}
