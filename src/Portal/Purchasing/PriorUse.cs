using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Purchasing;

/// <summary>What a module has been to an account so far.</summary>
public enum Prior
{
    /// <summary>Never there, or only on plans that do not bar another purchase.</summary>
    None,

    /// <summary>There now: in set-up, on, paused or suspended.</summary>
    On,

    /// <summary>Its free plan was taken and ended. Free is once for each listing and account.</summary>
    FreeEnded,
}

/// <summary>Looks up whether an account may take a module's free plan.</summary>
public sealed class PriorUse(PortalDb db)
{
    /// <param name="tenant">The account's owner, who is the caller's own: the look is by name, past the filter, because the buyer may stand before several organisations.</param>
    public async Task<Prior> FindAsync(TenantId tenant, OfficialAccountId account, ModuleId module, CancellationToken cancellationToken)
    {
        var on = await db.Linkages.IgnoreQueryFilters()
            .AnyAsync(row => row.TenantId == tenant && row.OfficialAccountId == account && row.ModuleId == module && row.State != LinkageState.Ended, cancellationToken);
        if (on)
            return Prior.On;

        var prices = await db.Subscriptions.IgnoreQueryFilters()
            .Where(row => row.TenantId == tenant && row.OfficialAccountId == account && row.ModuleId == module && row.State == SubscriptionState.Ended)
            .Join(db.Prices, row => row.PriceId, price => price.Id, (row, price) => price).ToListAsync(cancellationToken);
        return prices.Any(price => price.Amount.IsZero) ? Prior.FreeEnded : Prior.None;
    }
}
