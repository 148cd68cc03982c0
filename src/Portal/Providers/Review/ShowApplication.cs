using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Providers;

/// <summary>Everything there is to judge one application by: what was claimed, and what was found.</summary>
public static class ShowApplication
{
    [ForOperators]
    public sealed record Query(ApplicationId Id) : IQuery<View?>;

    /// <param name="Authors">Of the notes, by name.</param>
    /// <param name="NumberOwner">The organisation that is certified under this number, when it is another.</param>
    public sealed record View(
        ProviderApplication Application, Organisation Organisation, IReadOnlyList<Found> Documents, IReadOnlyList<PrivacyCheck> Checks, IReadOnlyList<ApplicationNote> Notes,
        IReadOnlyDictionary<PersonId, string> Authors, IReadOnlyDictionary<ApplicationPart, IReadOnlyList<string>> Gaps, string? NumberOwner);

    public sealed record Found(DocumentId Id, DocumentKind Kind, string FileName, string ContentType, int Bytes, string Fingerprint, DateOnly IssuedOn, ScanState Scan, DateTimeOffset UploadedAt, bool IsReplaced);

    public sealed class Handler(PortalDb db, TimeProvider clock) : IRequestHandler<Query, View?>
    {
        public async Task<View?> Handle(Query request, CancellationToken cancellationToken)
        {
            if (await db.Set<ProviderApplication>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken) is not { } application)
                return null;

            var documents = await db.Set<ProviderDocument>().AsNoTracking().Where(row => row.ApplicationId == request.Id).OrderBy(row => row.UploadedAt).ToListAsync(cancellationToken);
            var checks = await db.Set<PrivacyCheck>().AsNoTracking().Where(row => row.ApplicationId == request.Id).OrderByDescending(row => row.At).Take(12).ToListAsync(cancellationToken);
            var notes = await db.Set<ApplicationNote>().AsNoTracking().Where(row => row.ApplicationId == request.Id).OrderBy(row => row.At).ToListAsync(cancellationToken);
            var people = notes.Select(note => note.AuthorId).Concat(application.Editors).Distinct().ToArray();
            var owner = await db.Set<CertifiedCompany>().Where(row => row.Country == application.Country && row.Number == application.RegistrationNumber && row.OwnerId != application.TenantId)
                .Select(row => (TenantId?)row.OwnerId).SingleOrDefaultAsync(cancellationToken);
            return new View(
                application,
                await db.Organisations.AsNoTracking().SingleAsync(row => row.Id == application.TenantId, cancellationToken),
                [.. documents.Select(row => new Found(row.Id, row.Kind, row.FileName, row.ContentType, row.Bytes, row.Fingerprint, row.IssuedOn, row.Scan, row.UploadedAt, row.ReplacedAt is not null))],
                checks,
                notes,
                await db.People.AsNoTracking().Where(person => people.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.DisplayName, cancellationToken),
                ApplicationGaps.Of(application, [.. documents.Where(row => row.ReplacedAt is null)], checks.FirstOrDefault(), application.AgreementVersion is not null, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)),
                owner is { } other ? await db.Organisations.Where(row => row.Id == other).Select(row => row.Name).SingleAsync(cancellationToken) : null);
        }
    }
}
