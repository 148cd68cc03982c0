using Microsoft.EntityFrameworkCore;
using Portal.Catalog.Search;
using Portal.Store;
using Tenancy;

namespace Portal.Catalog;

/// <summary>What is derived from a listing so that it is found quickly: facets, grams and the least price.</summary>
/// <remarks>Written in the unit of work that changes the listing, so that the two never differ.</remarks>
public sealed class CatalogIndex(PortalDb db)
{
    // A hit in the name says most, a hit in the small print least. Sums stay small: a gram counts once a field.
    private const int InName = 12;
    private const int InTagline = 5;
    private const int InWordsOfItsKind = 4;
    private const int InProvider = 3;
    private const int InText = 1;

    /// <summary>Replaces what is derived from a listing. Saved with the caller's changes.</summary>
    /// <param name="listing">With its texts.</param>
    /// <param name="provider">Who is behind it.</param>
    /// <param name="plans">Its module's plans, with their prices.</param>
    public async Task ReplaceAsync(Listing listing, Provider provider, IReadOnlyList<Plan> plans, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(listing);
        db.RemoveRange(await db.Set<ListingFacet>().Where(row => row.ListingId == listing.Id).ToListAsync(cancellationToken));
        db.RemoveRange(await db.Set<ListingGram>().Where(row => row.ListingId == listing.Id).ToListAsync(cancellationToken));
        db.RemoveRange(await db.Set<ListingPriceFrom>().Where(row => row.ListingId == listing.Id).ToListAsync(cancellationToken));
        Add(listing, provider, plans);
    }

    /// <summary>Adds what is derived from a listing that is new here.</summary>
    /// <inheritdoc cref="ReplaceAsync"/>
    public void Add(Listing listing, Provider provider, IReadOnlyList<Plan> plans)
    {
        db.AddRange(Facets(listing, plans));
        db.AddRange(Grams(listing, provider));
        db.AddRange(PricesFrom(listing, plans));
    }

    internal static IEnumerable<ListingFacet> Facets(Listing listing, IReadOnlyList<Plan> plans)
    {
        ArgumentNullException.ThrowIfNull(listing);
        return listing.Verticals.Select(value => Facet(FacetKind.Vertical, value))
            .Concat(listing.Functions.Select(value => Facet(FacetKind.Function, value)))
            .Concat(listing.Texts.Select(text => Facet(FacetKind.Language, text.Language)))
            .Concat(WaysToBegin(plans).Distinct().Select(value => Facet(FacetKind.Price, value)));

        ListingFacet Facet(FacetKind kind, string value) => new() { ListingId = listing.Id, Kind = kind, Value = value };
    }

    internal static IEnumerable<ListingGram> Grams(Listing listing, Provider provider)
    {
        var weights = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (text, weight) in Fields(listing, provider))
        {
            foreach (var gram in SearchText.GramsToIndex(text).Distinct(StringComparer.Ordinal))
                weights[gram] = weights.GetValueOrDefault(gram) + weight;
        }

        return weights.Select(gram => new ListingGram { ListingId = listing.Id, Gram = gram.Key, Weight = gram.Value });
    }

    internal static IEnumerable<ListingPriceFrom> PricesFrom(Listing listing, IReadOnlyList<Plan> plans) => plans
        .Where(plan => plan.OnSale)
        .SelectMany(plan => plan.Prices)
        .Where(price => price.RetiredAt is null)
        .GroupBy(price => price.Amount.Currency)
        .Select(prices => new ListingPriceFrom { ListingId = listing.Id, Currency = prices.Key, MinorUnitsPerMonth = prices.Min(PerMonth) });

    private static IEnumerable<string> WaysToBegin(IReadOnlyList<Plan> plans)
    {
        foreach (var plan in plans.Where(plan => plan.OnSale))
        {
            if (plan.Prices.Any(price => price.RetiredAt is null && price.Amount.IsZero))
                yield return "free";
            if (plan.TrialDays > 0)
                yield return "trial";
            if (plan.Prices.Any(price => price.RetiredAt is null && !price.Amount.IsZero))
                yield return "paid";
        }
    }

    private static IEnumerable<(string Text, int Weight)> Fields(Listing listing, Provider provider)
    {
        foreach (var text in listing.Texts)
        {
            yield return (text.Name, InName);
            yield return (text.Tagline, InTagline);
            yield return (string.Join('\n', text.Keywords), InWordsOfItsKind);
            yield return (string.Join('\n', text.About.Concat(text.Benefits.SelectMany(benefit => new[] { benefit.Title, benefit.Text }))), InText);
        }

        yield return (provider.Name + '\n' + provider.LatinName, InProvider);
        foreach (var code in listing.Functions.Concat(listing.Verticals))
            yield return (FunctionWords.Of(code), InWordsOfItsKind);
    }

    private static long PerMonth(Price price)
    {
        if (price.Interval == BillingInterval.Month)
            return price.Amount.MinorUnits;

        var step = price.Amount.Currency.Step;
        return (price.Amount.MinorUnits + (12 * step) - 1) / (12 * step) * step;
    }
}
