using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Catalog.Shelf;
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

    internal sealed class Handler(PortalDb db, ShelfState shelf, TimeProvider clock) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query request, CancellationToken cancellationToken)
        {
            var found = (await shelf.CurrentAsync(db, cancellationToken)).Find(request, clock.GetUtcNow());
            return new Result(found.Total, found.Page, found.Pages, found.Total == 0 ? [] : await CardsAsync(request, found.Ids, cancellationToken), found.Counts);
        }

        /// <summary>What a page shows of its listings comes from the rows themselves: a provider's name or certification is as it is now.</summary>
        private async Task<IReadOnlyList<Card>> CardsAsync(Query request, IReadOnlyList<ListingId> ids, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var currency = request.Currency;
            var rows = await db.Listings.AsNoTracking().OnShow(now).Where(listing => ids.Contains(listing.Id))
                .Select(listing => new
                {
                    listing.Id, listing.Slug, listing.Verticals, listing.Functions, listing.Role, listing.IsInstallable,
                    Provider = new { listing.Provider!.Name, listing.Provider.LatinName, listing.Provider.CertifiedUntil },
                    Icon = listing.Pictures.Where(picture => picture.Kind == PictureKind.Icon).Select(picture => picture.Fingerprint).FirstOrDefault(),
                    PriceFrom = db.Set<ListingPriceFrom>().Where(price => price.ListingId == listing.Id && price.Currency == currency).Select(price => (long?)price.MinorUnitsPerMonth).FirstOrDefault(),
                    HasTrial = db.Set<ListingFacet>().Any(facet => facet.ListingId == listing.Id && facet.Kind == FacetKind.Price && facet.Value == "trial"),
                })
                .ToDictionaryAsync(row => row.Id, cancellationToken);
            var texts = await db.Set<ListingText>().AsNoTracking().Where(text => ids.Contains(text.ListingId))
                .Select(text => new { text.ListingId, text.Language, text.Name, text.Tagline }).ToListAsync(cancellationToken);

            // One that went between the look at the shelf and this one is left out.
            return [.. ids.Where(rows.ContainsKey).Select(id => rows[id]).Select(row =>
            {
                var own = texts.Where(text => text.ListingId == row.Id).ToDictionary(text => text.Language);
                var text = own[Languages.Choose(request.Language, own.Keys) ?? throw new InvalidOperationException($"Listing {row.Slug} is published without a text.")];
                return new Card(
                    row.Slug, text.Name, text.Tagline, text.Language, ProviderNames.For(request.Language, row.Provider.Name, row.Provider.LatinName),
                    row.Provider.CertifiedUntil > now, row.Verticals, row.Functions, row.Role, row.Icon,
                    row.PriceFrom is { } least ? new Money(least, currency) : null, row.HasTrial, row.IsInstallable);
            })];
        }
    }
}
