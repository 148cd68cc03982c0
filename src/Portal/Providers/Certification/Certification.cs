using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Providers;

/// <summary>Whether an organisation is a certified provider now, or about to be. The one place that says so.</summary>
public sealed class Certification(PortalDb db, TimeProvider clock)
{
    public Task<bool> IsCertifiedAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.Providers.AnyAsync(provider => provider.TenantId == tenant && provider.CertifiedUntil > now, cancellationToken);
    }

    /// <summary>Whether it is certified, or has handed in an application that is not decided: then its listings may wait in the reviewers' queue beside it.</summary>
    public async Task<bool> IsCertifiedOrUnderWayAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await IsCertifiedAsync(tenant, cancellationToken)
        || await db.Set<ProviderApplication>().AnyAsync(
            row => row.TenantId == tenant && (row.State == ApplicationState.Submitted || row.State == ApplicationState.InReview || row.State == ApplicationState.MoreAsked), cancellationToken);
}
