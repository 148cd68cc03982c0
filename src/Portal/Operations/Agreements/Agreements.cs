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

    /// <summary>Whether this organisation has accepted what is in force; null: it has not, or none is published.</summary>
    public async Task<AcceptedAgreement?> AcceptedCurrentAsync(AgreementKind kind, TenantId organisation, CancellationToken cancellationToken)
    {
        var current = await db.Set<Agreement>().AsNoTracking().Where(row => row.Kind == kind).OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken);
        return current is null ? null : await db.Set<AgreementAcceptance>().AsNoTracking().Where(row => row.AgreementId == current.Id && row.TenantId == organisation)
            .OrderBy(row => row.At).Select(row => new AcceptedAgreement(current.Number, row.PersonId, row.At)).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Whether this organisation has accepted what is in force.</summary>
    public async Task<bool> HasAcceptedCurrentAsync(AgreementKind kind, TenantId organisation, CancellationToken cancellationToken) =>
        await AcceptedCurrentAsync(kind, organisation, cancellationToken) is not null;
}
