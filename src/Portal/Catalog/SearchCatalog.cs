using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Catalog.Search;
using Portal.Frame.Language;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Catalog;

/// <summary>Somebody looks for a module.</summary>
public static class SearchCatalog
{
    public const int PageSize = 12;
    public const int TextMax = 100;

    public enum Order { Best, Newest, Cheapest, Name }

    /// <param name="Text">Words to look for, or null.</param>
    /// <param name="Wanted">Values a listing must have: any of one kind, and of every kind given.</param>
    /// <param name="Page">From 1; a page behind the last one shows the last.</param>
    /// <param name="Language">Whose words the cards are in.</param>
    /// <param name="Currency">Which price list counts.</param>
    [ForAnybody]
    public sealed record Query(
        string? Text, IReadOnlyDictionary<FacetKind, IReadOnlyList<string>> Wanted, Order Order, int Page, string Language, Currency Currency) : IQuery<Result>;

    /// <param name="Total">Listings found, on all pages.</param>
    /// <param name="Counts">For each facet value how many listings there would be with it, all other kinds staying as they are.</param>
    public sealed record Result(int Total, int Page, int Pages, IReadOnlyList<Card> Cards, IReadOnlyDictionary<FacetKind, IReadOnlyDictionary<string, int>> Counts);

    /// <param name="Language">Of name and tagline: another than the reader's where the listing is not written in theirs.</param>
    /// <param name="PriceFrom">The least it costs a month; null when it is not sold in this currency.</param>
    public sealed record Card(
        string Slug, string Name, string Tagline, string Language, string ProviderName, bool IsCertified, IReadOnlyList<string> Verticals,
        IReadOnlyList<string> Functions, ModuleRole Role, string? IconFingerprint, Money? PriceFrom, bool HasTrial, bool IsInstallable);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(query => query.Text).MaximumLength(TextMax);
            RuleFor(query => query.Page).GreaterThanOrEqualTo(1);
        }
    }

    public sealed class Handler(PortalDb db, TimeProvider clock) : IRequestHandler<Query, Result>
    {
        private static readonly FacetKind[] Kinds = Enum.GetValues<FacetKind>();

        public async Task<Result> Handle(Query request, CancellationToken cancellationToken)
        {
            var found = Found(request, except: null);
            var total = await found.CountAsync(cancellationToken);
            var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
            var page = Math.Min(request.Page, pages);

            var cards = total == 0 ? [] : await CardsAsync(request, found, page, cancellationToken);
            return new Result(total, page, pages, cards, await CountsAsync(request, cancellationToken));
        }

        /// <summary>What answers the query; without the wishes of one kind, to count what they could be changed to.</summary>
        private IQueryable<Listing> Found(Query request, FacetKind? except)
        {
            var now = clock.GetUtcNow();
            var listings = db.Listings.AsNoTracking().OnShow(now);
            foreach (var (kind, values) in request.Wanted.Where(wish => wish.Key != except && wish.Value.Count > 0))
                listings = listings.Where(listing => db.Set<ListingFacet>().Any(facet => facet.ListingId == listing.Id && facet.Kind == kind && values.Contains(facet.Value)));

            return Grams(request) is { Count: > 0 } grams
                ? listings.Where(listing => Matches(grams).Select(match => match.ListingId).Contains(listing.Id))
                : listings;
        }

        private IQueryable<Match> Matches(IReadOnlyList<string> grams) => db.Set<ListingGram>()
            .Where(row => grams.Contains(row.Gram))
            .GroupBy(row => row.ListingId)
            .Where(group => group.Count() == grams.Count)
            .Select(group => new Match { ListingId = group.Key, Weight = group.Sum(row => row.Weight) });

        private static IReadOnlyList<string> Grams(Query request) => request.Text is null ? [] : SearchText.GramsToFind(request.Text);

        private IQueryable<Listing> Ordered(Query request, IQueryable<Listing> found)
        {
            var currency = request.Currency;
            var language = request.Language;
            switch (request.Order)
            {
                case Order.Newest:
                    return found.OrderByDescending(listing => listing.PublishedAt).ThenBy(listing => listing.Position).ThenBy(listing => listing.Id);
                case Order.Cheapest:
                    // Not sold in this currency: last.
                    return found
                        .OrderBy(listing => db.Set<ListingPriceFrom>().Where(price => price.ListingId == listing.Id && price.Currency == currency).Min(price => (long?)price.MinorUnitsPerMonth) ?? long.MaxValue)
                        .ThenBy(listing => listing.Position).ThenBy(listing => listing.Id);
                case Order.Name:
                    return found
                        .OrderBy(listing => listing.Texts.Where(text => text.Language == language || text.Language == Languages.English)
                            .OrderBy(text => text.Language == language ? 0 : 1).Select(text => text.Name).FirstOrDefault())
                        .ThenBy(listing => listing.Id);
                default:
                    return Grams(request) is { Count: > 0 } grams
                        ? found.Join(Matches(grams), listing => listing.Id, match => match.ListingId, (listing, match) => new { listing, match.Weight })
                            .OrderByDescending(row => row.Weight).ThenBy(row => row.listing.Position).ThenBy(row => row.listing.Id).Select(row => row.listing)
                        : found.OrderBy(listing => listing.Position).ThenBy(listing => listing.Id);
            }
        }

        private async Task<IReadOnlyList<Card>> CardsAsync(Query request, IQueryable<Listing> found, int page, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var currency = request.Currency;
            var rows = await Ordered(request, found)
                .Skip((page - 1) * PageSize)
                .Take(PageSize)
                .Select(listing => new
                {
                    listing.Id, listing.Slug, listing.Verticals, listing.Functions, listing.Role, listing.IsInstallable,
                    Provider = new { listing.Provider!.Name, listing.Provider.LatinName, listing.Provider.CertifiedUntil },
                    Icon = listing.Pictures.Where(picture => picture.Kind == PictureKind.Icon).Select(picture => picture.Fingerprint).FirstOrDefault(),
                    PriceFrom = db.Set<ListingPriceFrom>().Where(price => price.ListingId == listing.Id && price.Currency == currency).Select(price => (long?)price.MinorUnitsPerMonth).FirstOrDefault(),
                    HasTrial = db.Set<ListingFacet>().Any(facet => facet.ListingId == listing.Id && facet.Kind == FacetKind.Price && facet.Value == "trial"),
                })
                .ToListAsync(cancellationToken);

            var ids = rows.Select(row => row.Id).ToList();
            var texts = await db.Set<ListingText>().AsNoTracking().Where(text => ids.Contains(text.ListingId))
                .Select(text => new { text.ListingId, text.Language, text.Name, text.Tagline }).ToListAsync(cancellationToken);

            return [.. rows.Select(row =>
            {
                var own = texts.Where(text => text.ListingId == row.Id).ToDictionary(text => text.Language);
                var text = own[Languages.Choose(request.Language, own.Keys) ?? throw new InvalidOperationException($"Listing {row.Slug} is published without a text.")];
                return new Card(
                    row.Slug, text.Name, text.Tagline, text.Language, ProviderNames.For(request.Language, row.Provider.Name, row.Provider.LatinName),
                    row.Provider.CertifiedUntil > now, row.Verticals, row.Functions, row.Role, row.Icon,
                    row.PriceFrom is { } least ? new Money(least, currency) : null, row.HasTrial, row.IsInstallable);
            })];
        }

        /// <remarks>Kinds without a wish of their own share one query; each with one needs its own. So there are one to five.</remarks>
        private async Task<IReadOnlyDictionary<FacetKind, IReadOnlyDictionary<string, int>>> CountsAsync(Query request, CancellationToken cancellationToken)
        {
            var wished = Kinds.Where(kind => request.Wanted.TryGetValue(kind, out var values) && values.Count > 0).ToList();
            var others = Kinds.Except(wished).ToList();
            var counts = Kinds.ToDictionary(kind => kind, IReadOnlyDictionary<string, int> (_) => new Dictionary<string, int>());

            await CountAsync(others, Found(request, except: null));
            foreach (var kind in wished)
                await CountAsync([kind], Found(request, except: kind));

            return counts;

            async Task CountAsync(List<FacetKind> kinds, IQueryable<Listing> among)
            {
                if (kinds.Count == 0)
                    return;

                var rows = await db.Set<ListingFacet>()
                    .Where(facet => kinds.Contains(facet.Kind))
                    .Join(among, facet => facet.ListingId, listing => listing.Id, (facet, _) => new { facet.Kind, facet.Value })
                    .GroupBy(facet => facet)
                    .Select(group => new { group.Key.Kind, group.Key.Value, Count = group.Count() })
                    .ToListAsync(cancellationToken);
                foreach (var group in rows.GroupBy(row => row.Kind))
                    counts[group.Key] = group.ToDictionary(row => row.Value, row => row.Count);
            }
        }

        private sealed class Match
        {
            public required ListingId ListingId { get; init; }

            public required int Weight { get; init; }
        }
    }
}
