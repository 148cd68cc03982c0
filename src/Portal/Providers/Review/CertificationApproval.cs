using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Catalog;
using Portal.Mail;
using Portal.Operations.Approvals;
using Portal.Operations.Suspensions;
using Portal.Store;

namespace Portal.Providers;

/// <summary>What comes of two persons' votes on an application: a year as a certified provider, or a refusal with its reasons.</summary>
internal sealed class CertificationApproval(PortalDb db, AuditLog audit, MailOutbox mails, TimeProvider clock) : IApprovable
{
    /// <summary>How long a certification holds.</summary>
    private const int Years = 1;

    public ApprovalKind Kind => ApprovalKind.Certification;

    public async Task<IReadOnlyDictionary<Guid, ApprovableCard>> CardsAsync(IReadOnlyCollection<Guid> subjects, CancellationToken cancellationToken)
    {
        var ids = subjects.Select(ApplicationId.From).ToArray();
        var rows = await db.Set<ProviderApplication>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.Id.Value, row => new ApprovableCard($"{row.Country} {row.RegistrationNumber}", row.CompanyName, ProviderPath.Review(row.Id)));
    }

    public async Task<IReadOnlyList<string>> EvidenceAsync(Approval approval, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(approval);
        var documents = await db.DocumentsOf(new ApplicationId(approval.SubjectId)).AsNoTracking().OrderBy(row => row.UploadedAt).Select(row => new { row.Kind, row.Id, row.Fingerprint }).ToListAsync(cancellationToken);
        return [.. documents.Select(row => $"{row.Kind} document:{row.Id} {Fingerprint.OfHash(row.Fingerprint)}")];
    }

    public async Task<string?> ApproveAsync(Approval approval, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(approval);
        var (application, now) = (await FindAsync(approval, cancellationToken), clock.GetUtcNow());
        application.TakeUp();
        if (application.State != ApplicationState.InReview)
            return "not-in-review";
        if (application.RegistryEvidence is null || application.AuthorityAccepted is null)
            return "findings-missing";

        var documents = await db.DocumentsOf(application.Id).AsNoTracking().ToListAsync(cancellationToken);
        var gaps = ApplicationGaps.Of(application, documents, await db.LastCheckAsync(application.Id, cancellationToken), application.AgreementVersion is not null, DateOnly.FromDateTime(application.SubmittedAt!.Value.UtcDateTime));
        if (documents.Any(row => row.Scan != ScanState.Clean) || gaps.Values.Any(gap => gap.Count > 0))
            return "documents-open";

        var company = await db.Set<CertifiedCompany>().SingleOrDefaultAsync(row => row.Country == application.Country && row.Number == application.RegistrationNumber, cancellationToken);
        if (company is not null && company.OwnerId != application.TenantId)
            return "number-taken";

        var provider = await db.Providers.SingleOrDefaultAsync(row => row.TenantId == application.TenantId, cancellationToken);
        if (provider is not null && await db.Set<Suspension>().AnyAsync(row => row.Kind == SuspensionKind.Provider && row.SubjectId == provider.Id.Value && row.LiftedAt == null, cancellationToken))
            return "suspended";

        // One that renews early loses no day of the year before.
        var until = (provider?.CertifiedUntil is { } running && running > now ? running : now).AddYears(Years);
        application.Certify(now, until);
        if (company is null)
            db.Add(new CertifiedCompany { Country = application.Country, Number = application.RegistrationNumber, OwnerId = application.TenantId, Since = now });
        if (provider is null)
            db.Add(provider = await NewProviderAsync(application, cancellationToken));

        var before = provider.CertifiedUntil;
        (provider.Name, provider.LatinName, provider.Country, provider.SupportEmail, provider.CertifiedUntil) = (application.CompanyName, application.LatinName, application.Country, application.SupportEmail, until);
        audit.Add("provider.certified", $"application:{application.Id}", new { CertifiedUntil = before }, new { CertifiedUntil = until, Papers = documents.Select(row => row.Id.ToString()).ToArray() }, application.TenantId);
        await TellAsync(application, "Certified", until.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), cancellationToken);
        return null;
    }

    public async Task RefuseAsync(Approval approval, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(approval);
        var application = await FindAsync(approval, cancellationToken);
        application.TakeUp();
        application.Refuse(reason, clock.GetUtcNow());
        await TellAsync(application, "Refused", reason, cancellationToken);
    }

    private Task<ProviderApplication> FindAsync(Approval approval, CancellationToken cancellationToken)
    {
        var id = new ApplicationId(approval.SubjectId);
        return db.Set<ProviderApplication>().SingleAsync(row => row.Id == id, cancellationToken);
    }

    private async Task<Provider> NewProviderAsync(ProviderApplication application, CancellationToken cancellationToken) => new()
    {
        Id = ProviderId.New(), TenantId = application.TenantId, Slug = await db.Organisations.Where(row => row.Id == application.TenantId).Select(row => row.Slug).SingleAsync(cancellationToken),
        Name = application.CompanyName, LatinName = application.LatinName, Country = application.Country, SupportEmail = application.SupportEmail, About = new Dictionary<string, string>(),
    };

    private async Task TellAsync(ProviderApplication application, string mail, string value, CancellationToken cancellationToken)
    {
        foreach (var (email, language, _) in await ProviderOwners.OfAsync(db, application.TenantId, cancellationToken))
            mails.Add(email, language, MailKind.Of<ProvidersTexts>(mail), null, application.CompanyName, value);
    }
}
