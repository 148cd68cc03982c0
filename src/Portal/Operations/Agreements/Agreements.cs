using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Operations.Agreements;

/// <summary>Which version is in force, and who has accepted it. For features that do nothing without.</summary>
public sealed class Agreements(PortalDb db)
{
    /// <summary>The version in force, with its texts; null: none is published.</summary>
    public Task<Agreement?> CurrentAsync(AgreementKind kind, CancellationToken cancellationToken) =>
        db.Set<Agreement>().AsNoTracking().Include(row => row.Texts).Where(row => row.Kind == kind).OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The version that this organisation has accepted; null: none.</summary>
    public Task<int?> AcceptedAsync(AgreementKind kind, TenantId organisation, CancellationToken cancellationToken) =>
        db.Set<AgreementAcceptance>().Where(row => row.TenantId == organisation)
            .Join(db.Set<Agreement>().Where(row => row.Kind == kind), row => row.AgreementId, row => row.Id, (_, agreement) => (int?)agreement.Number).MaxAsync(cancellationToken);

    /// <summary>Whether this organisation has accepted what is in force.</summary>
    public async Task<bool> HasAcceptedCurrentAsync(AgreementKind kind, TenantId organisation, CancellationToken cancellationToken)
    {
        var current = await db.Set<Agreement>().Where(row => row.Kind == kind).MaxAsync(row => (int?)row.Number, cancellationToken);
        return current is null || await AcceptedAsync(kind, organisation, cancellationToken) == current;
    }
}
