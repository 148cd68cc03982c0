using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Operations.Agreements;
using Portal.Store;
using Tenancy;

namespace Portal.Providers;

/// <summary>How far the organisation's application is, and what it lacks.</summary>
public static class ShowMyApplication
{
    [ForMembers(Right.ManageProvider)]
    public sealed record Query(TenantId Organisation) : IQuery<View>, IInOrganisation;

    /// <param name="Application">Null: none was ever begun.</param>
    /// <param name="CertifiedUntil">Of the certification that holds or held last.</param>
    /// <param name="Check">The newest look at the privacy page.</param>
    public sealed record View(
        ProviderApplication? Application, DateTimeOffset? CertifiedUntil, bool IsCertified, IReadOnlyList<DocumentFacts> Documents, PrivacyCheck? Check,
        IReadOnlyList<ApplicationNote> Notes, IReadOnlyDictionary<ApplicationPart, IReadOnlyList<string>> Gaps);

    /// <summary>A document without its content.</summary>
    public sealed record DocumentFacts(DocumentId Id, DocumentKind Kind, string FileName, int Bytes, DateOnly IssuedOn, ScanState Scan, DateTimeOffset UploadedAt);

    public sealed class Handler(PortalDb db, Agreements agreements, TimeProvider clock) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var until = await db.Providers.Where(row => row.TenantId == request.Organisation).Select(row => row.CertifiedUntil).FirstOrDefaultAsync(cancellationToken);
            var application = await db.CurrentAsync(request.Organisation, cancellationToken);
            if (application is null)
                return new View(null, until, until > now, [], null, [], new Dictionary<ApplicationPart, IReadOnlyList<string>>());

            var documents = await db.DocumentsOf(application.Id).AsNoTracking().OrderBy(row => row.UploadedAt).ToListAsync(cancellationToken);
            var check = await db.LastCheckAsync(application.Id, cancellationToken);
            var notes = await db.Set<ApplicationNote>().AsNoTracking().Where(row => row.ApplicationId == application.Id).OrderBy(row => row.At).ToListAsync(cancellationToken);
            // Handed in, it is looked at under what was agreed then, whatever is in force by now.
            var hasAgreed = application.IsOpen ? await agreements.HasAcceptedCurrentAsync(AgreementKind.Provider, request.Organisation, cancellationToken) : application.AgreementVersion is not null;
            return new View(
                application, until, until > now, [.. documents.Select(row => new DocumentFacts(row.Id, row.Kind, row.FileName, row.Bytes, row.IssuedOn, row.Scan, row.UploadedAt))], check, notes,
                ApplicationGaps.Of(application, documents, check, hasAgreed, DateOnly.FromDateTime(now.UtcDateTime)));
        }
    }
}
