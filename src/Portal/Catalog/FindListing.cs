using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Language;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Catalog;

/// <summary>Somebody looks closely at one listing.</summary>
public static class FindListing
{
    /// <param name="Language">The reader's.</param>
    [ForAnybody]
    public sealed record Query(string Slug, string Language) : IQuery<Result>;

    public abstract record Result
    {
        private Result() { }

        /// <param name="Text">In the reader's language, or the nearest that it is written in.</param>
        /// <param name="Plans">On sale, in their order.</param>
        /// <param name="Pictures">With words in the reader's language where there are such.</param>
        public sealed record Found(Listing Listing, ListingText Text, Provider Provider, bool IsCertified, IReadOnlyList<Plan> Plans, IReadOnlyList<Picture> Pictures) : Result;

        public sealed record NotFound : Result;
    }

    public sealed record Picture(PictureKind Kind, int Position, string Fingerprint, string AltText);

    public sealed class Handler(PortalDb db, TimeProvider clock) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var listing = await db.Listings.AsNoTracking().Include(row => row.Texts).Include(row => row.Provider).AsSplitQuery()
                .OnShow(now).SingleOrDefaultAsync(row => row.Slug == request.Slug, cancellationToken);
            if (listing is null)
                return new Result.NotFound();

            var language = Languages.Choose(request.Language, [.. listing.Texts.Select(text => text.Language)])
                ?? throw new InvalidOperationException($"Listing {listing.Slug} is published without a text.");
            var plans = await db.Plans.AsNoTracking().Include(plan => plan.Prices.Where(price => price.RetiredAt == null))
                .Where(plan => plan.ModuleId == listing.ModuleId && plan.OnSale).OrderBy(plan => plan.Position).ToListAsync(cancellationToken);
            var pictures = await db.Set<ListingPicture>().AsNoTracking()
                .Where(picture => picture.ListingId == listing.Id && (picture.Language == "" || picture.Language == language))
                .OrderBy(picture => picture.Kind).ThenBy(picture => picture.Position)
                .Select(picture => new Picture(picture.Kind, picture.Position, picture.Fingerprint, picture.AltText)).ToListAsync(cancellationToken);

            return new Result.Found(listing, listing.Texts.Single(text => text.Language == language), listing.Provider!, listing.Provider!.CertifiedUntil > now, plans, pictures);
        }
    }
}
