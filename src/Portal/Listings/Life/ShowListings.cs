using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Providers;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>The listings of an organisation, as their makers see them.</summary>
public static class ShowListings
{
    [ForMembers(Right.EditListings)]
    public sealed record Query(TenantId Organisation) : IQuery<View>, IInOrganisation;

    /// <param name="FreeModules">Modules that no listing stands for yet.</param>
    /// <param name="MaySubmit">Certified, or an application is handed in.</param>
    public sealed record View(IReadOnlyList<Row> Listings, IReadOnlyList<Module> FreeModules, bool IsCertified, bool MaySubmit, DateOnly EarliestRetirement);

    /// <param name="Latest">The last version that was submitted; null: none.</param>
    /// <param name="Buyers">Accounts that it is on.</param>
    /// <param name="HasNews">The draft differs from what buyers see.</param>
    public sealed record Row(OwnListing Listing, string Name, string? IconFingerprint, ListingVersion? Latest, int Buyers, bool HasNews);

    public sealed class Handler(PortalDb db, Buyers buyersOf, Certification certification, TimeProvider clock) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query request, CancellationToken cancellationToken)
        {
            var own = await db.Set<OwnListing>().AsNoTracking().OrderBy(row => row.CreatedAt).ToListAsync(cancellationToken);
            var latest = await db.Set<ListingVersion>().AsNoTracking()
                .Where(version => db.Set<OwnListing>().Any(row => row.Id == version.ListingId && (row.LastVersion == version.Number || row.LiveVersionId == version.Id))).ToListAsync(cancellationToken);
            var modules = await db.Modules.AsNoTracking().Where(module => !db.Listings.Any(listing => listing.ModuleId == module.Id)).ToListAsync(cancellationToken);
            var buyers = await buyersOf.CountAsync([.. own.Select(row => row.ModuleId)], cancellationToken);
            return new View(
                [.. own.Select(row => new Row(
                    row, ShopText.NameOf(row.Draft), row.Draft.Pictures.FirstOrDefault(picture => picture.Kind == Catalog.PictureKind.Icon)?.Fingerprint,
                    latest.Find(version => version.ListingId == row.Id && version.Number == row.LastVersion), buyers.GetValueOrDefault(row.ModuleId),
                    latest.Find(version => version.Id == row.LiveVersionId) is { } live && DocumentPaths.Between(live.Document, row.Draft).Count > 0))],
                [.. modules.Where(module => own.All(row => row.ModuleId != module.Id))],
                await certification.IsCertifiedAsync(request.Organisation, cancellationToken),
                await certification.IsCertifiedOrUnderWayAsync(request.Organisation, cancellationToken),
                RetireListing.Earliest(clock.GetUtcNow()));
        }
    }
}
