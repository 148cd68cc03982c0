using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Providers;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>A version under the reviewer's eyes: what it says, and line by line what differs from what buyers see.</summary>
public static class ShowReview
{
    [ForOperators]
    public sealed record Query(ListingVersionId Id) : IQuery<View?>;

    /// <param name="Live">What buyers see now; null: nothing yet.</param>
    /// <param name="Changes">From live to submitted.</param>
    /// <param name="NeedReview">Paths for which the version was not live at once.</param>
    public sealed record View(
        ListingVersion Version, OwnListing Listing, Organisation Provider, ListingVersion? Live, IReadOnlyList<DocumentPaths.Change> Changes, IReadOnlySet<string> NeedReview, bool IsCertified, string SubmittedBy);

    public sealed class Handler(PortalDb db, Certification certification) : IRequestHandler<Query, View?>
    {
        public async Task<View?> Handle(Query request, CancellationToken cancellationToken)
        {
            var version = await db.Set<ListingVersion>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (version is null)
                return null;

            var own = await db.Set<OwnListing>().AsNoTracking().SingleAsync(row => row.Id == version.ListingId, cancellationToken);
            var provider = await db.Organisations.AsNoTracking().SingleAsync(row => row.Id == version.TenantId, cancellationToken);
            var live = own.LiveVersionId is { } id && id != version.Id ? await db.Set<ListingVersion>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken) : null;
            var by = await db.People.AsNoTracking().Where(row => row.Id == version.SubmittedBy).Select(row => row.DisplayName).SingleAsync(cancellationToken);
            return new View(
                version, own, provider, live, DocumentPaths.Between(live?.Document, version.Document),
                ReviewRules.NeedReview(live?.Document, version.Document).Select(change => change.Path).ToHashSet(), await certification.IsCertifiedAsync(version.TenantId, cancellationToken), by);
        }
    }
}
