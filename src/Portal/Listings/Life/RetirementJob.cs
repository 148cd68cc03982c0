using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame;
using Portal.Gateway;
using Portal.Jobs;
using Portal.Mail;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>Keeps a notice: tells the buyers of a listing that is to end, and ends it for everybody on its day.</summary>
internal sealed class RetirementJob(PortalDb db, AuditLog audit, MailOutbox mails, Site site, RegistryNudge nudge, TimeProvider clock) : IPeriodicJob
{
    private static readonly MailKind Retires = MailKind.Of<ListingTexts>("ListingRetires");

    public string Name => "listing-retirements";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var own in await db.Set<OwnListing>().Where(row => row.Standing == ListingStanding.Retiring).ToListAsync(cancellationToken))
        {
            if (own.BuyersToldAt is null)
                await TellAsync(own, now, cancellationToken);
            if (own.RetiresAt <= now)
                await EndAsync(own, now, cancellationToken);
        }
    }

    private async Task TellAsync(OwnListing own, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var tenants = await db.Linkages.Where(row => row.ModuleId == own.ModuleId && row.State != LinkageState.Ended).Select(row => row.TenantId).Distinct().ToListAsync(cancellationToken);
        var owners = await db.Memberships.Where(row => tenants.Contains(row.TenantId) && row.Role == Role.Owner).Select(row => new { row.Person!.Email, row.Person.Language, row.Organisation!.Slug }).ToListAsync(cancellationToken);
        foreach (var owner in owners)
            mails.Add(owner.Email, owner.Language, Retires, site.Link($"/o/{owner.Slug}/accounts"), ShopText.NameOf(own.Draft), own.RetiresAt!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

        own.BuyersToldAt = now;
        own.Edition++;
        audit.Add("listing.buyers-told", $"listing:{own.Id}", null, new { Companies = tenants.Count, own.RetiresAt }, own.TenantId);
        await db.TrySaveAsync(cancellationToken);
    }

    private async Task EndAsync(OwnListing own, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var linkages = await db.Linkages.Include(row => row.OfficialAccount).Where(row => row.ModuleId == own.ModuleId && row.State != LinkageState.Ended).ToListAsync(cancellationToken);
        foreach (var linkage in linkages)
        {
            (linkage.State, linkage.EndedAt) = (LinkageState.Ended, now);
            if (linkage.OfficialAccount!.DefaultLinkageId == linkage.Id)
                linkage.OfficialAccount.DefaultLinkageId = null; // Nobody is promoted: the owner chooses.
        }

        foreach (var subscription in await db.Subscriptions.Where(row => row.ModuleId == own.ModuleId && row.EndedAt == null).ToListAsync(cancellationToken))
            (subscription.State, subscription.EndedAt) = (SubscriptionState.Ended, now);

        own.Standing = ListingStanding.Retired;
        own.Edition++;
        audit.Add("listing.retired", $"listing:{own.Id}", new { Standing = ListingStanding.Retiring }, new { Linkages = linkages.Count }, own.TenantId);
        if (await db.TrySaveAsync(cancellationToken))
            nudge.Due();
    }
}
