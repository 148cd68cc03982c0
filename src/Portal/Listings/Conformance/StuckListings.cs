using Microsoft.EntityFrameworkCore;
using Portal.Operations.Stuck;
using Portal.Store;

namespace Portal.Listings;

/// <summary>Listings whose webhook fails the nightly check: in the shop window for three days yet, or out of it already.</summary>
internal sealed class StuckListings(PortalDb db) : IStuckSource
{
    public async Task<IReadOnlyList<StuckItem>?> FindAsync(int max, CancellationToken cancellationToken)
    {
        var failing = await db.Set<OwnListing>().AsNoTracking().Where(row => row.FailingSince != null && (row.Standing == ListingStanding.Live || row.Standing == ListingStanding.Hidden))
            .OrderBy(row => row.FailingSince).Take(max).ToListAsync(cancellationToken);
        var owners = failing.Select(row => row.TenantId).Distinct().ToArray();
        var companies = await db.Organisations.AsNoTracking().Where(row => owners.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
        return
        [
            .. failing.Select(row => new StuckItem(
                row.Standing == ListingStanding.Hidden ? "WebhookHidden" : "Webhook", $"{ShopText.NameOf(row.Draft)} · {companies[row.TenantId]}", row.Draft.WebhookUrl, row.FailingSince!.Value, $"/operations/audit?subject=listing:{row.Id}")),
        ];
    }
}
