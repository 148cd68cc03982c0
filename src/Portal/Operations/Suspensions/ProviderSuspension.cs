using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Catalog;
using Portal.Store;

namespace Portal.Operations.Suspensions;

/// <summary>A provider: its certification holds no more, so that none of its listings is shown and none can be published. What is sold goes on.</summary>
internal sealed class ProviderSuspension(PortalDb db) : ISuspendable
{
    public SuspensionKind Kind => SuspensionKind.Provider;

    public async Task<ISuspendable.Stopped?> SuspendAsync(Guid subject, CancellationToken cancellationToken)
    {
        var id = new ProviderId(subject);
        var provider = await db.Providers.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (provider?.CertifiedUntil is not { } until)
            return null;

        provider.CertifiedUntil = null;
        return new(provider.TenantId, provider.Name, until.ToString("O", CultureInfo.InvariantCulture));
    }

    public async Task LiftAsync(Suspension suspension, CancellationToken cancellationToken)
    {
        var id = new ProviderId(suspension.SubjectId);
        var provider = await db.Providers.SingleAsync(row => row.Id == id, cancellationToken);
        // Certified anew meanwhile: the longer one holds.
        var before = DateTimeOffset.Parse(suspension.Before, CultureInfo.InvariantCulture);
        provider.CertifiedUntil = provider.CertifiedUntil is { } now && now > before ? now : before;
    }
}
