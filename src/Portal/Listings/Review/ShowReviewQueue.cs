using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Store;

namespace Portal.Listings;

/// <summary>What waits for a reviewer, the longest waiting first; below it the listings that are published.</summary>
public static class ShowReviewQueue
{
    private const int ShownMax = 200;

    [ForOperators]
    public sealed record Query : IQuery<View>;

    public sealed record View(IReadOnlyList<Waiting> Waiting, IReadOnlyList<Published> Published);

    /// <param name="IsFirst">Nothing of it has been live yet.</param>
    public sealed record Waiting(ListingVersionId Id, string Name, string Provider, int Number, DateTimeOffset SubmittedAt, bool IsFirst);

    public sealed record Published(OwnListing Listing, string Name, string Provider);

    public sealed class Handler(PortalDb db) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query request, CancellationToken cancellationToken)
        {
            var versions = await db.Set<ListingVersion>().AsNoTracking().Where(row => row.State == VersionState.InReview).OrderBy(row => row.SubmittedAt).Take(ShownMax).ToListAsync(cancellationToken);
            var own = await db.Set<OwnListing>().AsNoTracking().Where(row => row.LiveVersionId != null && row.Standing != ListingStanding.Retired).OrderBy(row => row.Slug).Take(ShownMax).ToListAsync(cancellationToken);
            var ids = versions.Select(row => row.ListingId).ToHashSet();
            var live = await db.Set<OwnListing>().AsNoTracking().Where(row => ids.Contains(row.Id) && row.LiveVersionId != null).Select(row => row.Id).ToListAsync(cancellationToken);
            var tenants = versions.Select(row => row.TenantId).Concat(own.Select(row => row.TenantId)).ToHashSet();
            var names = await db.Organisations.AsNoTracking().Where(row => tenants.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
            return new View(
                [.. versions.Select(row => new Waiting(row.Id, ShopText.NameOf(row.Document), names[row.TenantId], row.Number, row.SubmittedAt, !live.Contains(row.ListingId)))],
                [.. own.Select(row => new Published(row, ShopText.NameOf(row.Draft), names[row.TenantId]))]);
        }
    }
}
