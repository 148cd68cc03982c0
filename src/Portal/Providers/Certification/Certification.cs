using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Providers;

/// <summary>Whether an organisation is a certified provider now. The one place that says so.</summary>
public sealed class Certification(PortalDb db, TimeProvider clock)
{
    public Task<bool> IsCertifiedAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.Providers.AnyAsync(provider => provider.TenantId == tenant && provider.CertifiedUntil > now, cancellationToken);
    }
}
