using Microsoft.AspNetCore.Http.Extensions;
using Portal.Frame.Language;
using Tenancy;

namespace Portal.Catalog;

/// <summary>A search as it stands in the address: whoever has the link sees the same shelf.</summary>
/// <remarks>Values that the catalog does not know are left out, so that an old link still shows something.</remarks>
public sealed record CatalogAddress(string? Text, IReadOnlyDictionary<FacetKind, IReadOnlyList<string>> Wanted, SearchCatalog.Order Order, int Page)
{
    public const string TextName = "q";
    public const string OrderName = "sort";
    public const string PageName = "page";

    public static string NameOf(FacetKind kind) => kind switch
    {
        FacetKind.Vertical => "vertical",
        FacetKind.Function => "function",
        FacetKind.Price => "price",
        _ => "language",
    };

    public static IReadOnlyList<string> ValuesOf(FacetKind kind) => kind switch
    {
        FacetKind.Vertical => Taxonomy.Verticals,
        FacetKind.Function => Taxonomy.Functions,
        FacetKind.Price => Taxonomy.Prices,
        _ => Languages.All,
    };

    public bool IsNarrowed => Wanted.Values.Any(values => values.Count > 0);

    public static CatalogAddress Read(string? text, string[]? verticals, string[]? functions, string[]? prices, string[]? languages, string? order, int? page) => new(
        string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        new Dictionary<FacetKind, IReadOnlyList<string>>
        {
            [FacetKind.Vertical] = Known(FacetKind.Vertical, verticals),
            [FacetKind.Function] = Known(FacetKind.Function, functions),
            [FacetKind.Price] = Known(FacetKind.Price, prices),
            [FacetKind.Language] = Known(FacetKind.Language, languages),
        },
        Enum.TryParse<SearchCatalog.Order>(order, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : SearchCatalog.Order.Best,
        Math.Max(1, page ?? 1));

    public SearchCatalog.Query ToQuery(string language, Currency currency) => new(Text, Wanted, Order, Page, language, currency);

    public bool Wants(FacetKind kind, string value) => Wanted[kind].Contains(value);

    public CatalogAddress With(FacetKind kind, string value) =>
        this with { Page = 1, Wanted = new Dictionary<FacetKind, IReadOnlyList<string>>(Wanted) { [kind] = [value] } };

    public CatalogAddress Without(FacetKind kind, string value) =>
        this with { Page = 1, Wanted = new Dictionary<FacetKind, IReadOnlyList<string>>(Wanted) { [kind] = [.. Wanted[kind].Where(other => other != value)] } };

    public CatalogAddress WithoutFilters() => this with { Page = 1, Wanted = Wanted.Keys.ToDictionary(kind => kind, IReadOnlyList<string> (_) => []) };

    public override string ToString()
    {
        var query = new QueryBuilder();
        if (Text is not null)
            query.Add(TextName, Text);
        foreach (var (kind, values) in Wanted.OrderBy(wish => wish.Key))
            query.Add(NameOf(kind), values);
        if (Order != SearchCatalog.Order.Best)
            query.Add(OrderName, Order.ToString().ToLowerInvariant());
        if (Page > 1)
            query.Add(PageName, Page.ToString(System.Globalization.CultureInfo.InvariantCulture));

        return $"/catalog{query.ToQueryString()}";
    }

    private static IReadOnlyList<string> Known(FacetKind kind, string[]? values) => values is null ? [] : [.. ValuesOf(kind).Intersect(values)];
}
