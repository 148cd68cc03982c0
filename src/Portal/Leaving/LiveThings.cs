using Microsoft.EntityFrameworkCore;
using Portal.Catalog;
using Portal.Store;
using Tenancy;

namespace Portal.Leaving;

/// <summary>What is still live in the organisation that was entered, and keeps its account from being closed.</summary>
/// <param name="Modules">On accounts, ended ones apart.</param>
/// <param name="Plans">Subscriptions that run.</param>
/// <param name="Listings">Of its own, in the catalog.</param>
/// <param name="Customers">Of others, who have a module of its own on an account.</param>
public sealed record LiveThings(int Modules, int Plans, int Listings, int Customers)
{
    public bool AreNone => this is { Modules: 0, Plans: 0, Listings: 0, Customers: 0 };

    public static async Task<LiveThings> CountAsync(PortalDb db, CancellationToken cancellationToken)
    {
        var own = await db.Modules.Select(module => module.Id).ToListAsync(cancellationToken);
        return new(
            await db.Linkages.CountAsync(row => row.State != LinkageState.Ended, cancellationToken),
            await db.Subscriptions.CountAsync(row => row.EndedAt == null, cancellationToken),
            await db.Listings.CountAsync(row => own.Contains(row.ModuleId) && row.PublishedAt != null, cancellationToken),
            // Their linkages belong to their own organisations: counted past the filter, and nothing of them is shown but the number.
            own.Count == 0 ? 0 : await db.Linkages.IgnoreQueryFilters().CountAsync(row => own.Contains(row.ModuleId) && row.State != LinkageState.Ended, cancellationToken));
    }
}
