using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Catalog;
using Portal.Store;

namespace Portal.Operations.Suspensions;

/// <summary>A provider: its certification holds no more, so that none of its listings is shown and none can be published. What is sold goes on.</summary>
internal sealed class ProviderSuspension(PortalDb db) : ISuspendable
{
    public SuspensionKind Kind => SuspensionKind.Provider;

    public async Task<IReadOnlyList<ISuspendable.Candidate>> FindAsync(string name, int max, CancellationToken cancellationToken)
    {
        var id = new ProviderId(Guid.TryParse(name, out var guid) ? guid : Guid.Empty);
        var rows = await db.Providers.AsNoTracking()
            .Where(row => row.CertifiedUntil != null && (row.Id == id || row.Name.Contains(name) || row.LatinName.Contains(name) || row.Slug == name))
            .OrderBy(row => row.Name).Take(max).Select(row => new { row.Id, row.Name, row.LatinName, row.Country, row.Slug }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new ISuspendable.Candidate(row.Id.Value, row.Name, $"{row.LatinName} · {row.Country} · {row.Slug}"))];
    }

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
