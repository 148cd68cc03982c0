using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Catalog;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Providers;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>A listing in its maker's hands: the draft, what is missing, and where the last version is.</summary>
public static class ShowDraft
{
    [ForMembers(Right.EditListings)]
    public sealed record Query(TenantId Organisation, ListingId Id) : IQuery<View?>, IInOrganisation;

    /// <param name="Latest">The last version that was submitted; null: none.</param>
    /// <param name="Live">What buyers see; null: nothing.</param>
    /// <param name="ToReview">Changes for which a person of ours has to look.</param>
    /// <param name="SoldPlans">Codes of plans that were published: what they hold stays.</param>
    public sealed record View(OwnListing Listing, Module Module, Provider Provider, bool IsCertified, ListingVersion? Latest, ListingVersion? Live, IReadOnlyList<DocumentPaths.Change> ToReview, IReadOnlySet<string> SoldPlans, int Buyers);

    public sealed class Handler(PortalDb db, Buyers buyers, Certification certification) : IRequestHandler<Query, View?>
    {
        public async Task<View?> Handle(Query request, CancellationToken cancellationToken)
        {
            var own = await db.Set<OwnListing>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (own is null)
                return null;

            var module = await db.Modules.AsNoTracking().SingleAsync(row => row.Id == own.ModuleId, cancellationToken);
            var organisation = await db.Organisations.AsNoTracking().SingleAsync(row => row.Id == own.TenantId, cancellationToken);
            var provider = await db.Providers.AsNoTracking().SingleOrDefaultAsync(row => row.TenantId == own.TenantId, cancellationToken) ?? new Provider
            {
                Id = ProviderId.New(), TenantId = own.TenantId, Slug = organisation.Slug, Name = organisation.Name, LatinName = organisation.Name, Country = organisation.Country,
                SupportEmail = own.Draft.SupportEmail ?? "", About = new Dictionary<string, string>(),
            };
            var versions = await db.Set<ListingVersion>().AsNoTracking().Where(row => row.ListingId == own.Id && (row.Number == own.LastVersion || row.Id == own.LiveVersionId)).ToListAsync(cancellationToken);
            var live = versions.Find(row => row.Id == own.LiveVersionId);
            var sold = await db.Plans.AsNoTracking().Where(plan => plan.ModuleId == own.ModuleId).Select(plan => plan.Code).ToListAsync(cancellationToken);
            return new View(
                own, module, provider, await certification.IsCertifiedAsync(own.TenantId, cancellationToken), versions.Find(row => row.Number == own.LastVersion), live,
                ReviewRules.NeedReview(live?.Document, own.Draft), sold.ToHashSet(), (await buyers.CountAsync([own.ModuleId], cancellationToken)).GetValueOrDefault(own.ModuleId));
        }
    }
}
