using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Providers;

internal static class Applications
{
    /// <summary>An organisation's newest application, tracked; null: it never made one.</summary>
    public static Task<ProviderApplication?> CurrentAsync(this PortalDb db, TenantId tenant, CancellationToken cancellationToken) =>
        db.Set<ProviderApplication>().Where(row => row.TenantId == tenant).OrderByDescending(row => row.Round).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The documents that count now, the newest of each kind.</summary>
    public static IQueryable<ProviderDocument> DocumentsOf(this PortalDb db, ApplicationId id) =>
        db.Set<ProviderDocument>().Where(row => row.ApplicationId == id && row.ReplacedAt == null);

    /// <summary>The newest look at its privacy page.</summary>
    public static Task<PrivacyCheck?> LastCheckAsync(this PortalDb db, ApplicationId id, CancellationToken cancellationToken) =>
        db.Set<PrivacyCheck>().AsNoTracking().Where(row => row.ApplicationId == id).OrderByDescending(row => row.At).FirstOrDefaultAsync(cancellationToken);
}
