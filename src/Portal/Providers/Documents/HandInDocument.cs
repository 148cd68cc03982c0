using System.Globalization;
using System.Security.Cryptography;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Providers;

/// <summary>A company hands in a document: judged by its content, scanned, sealed. What is refused leaves nothing behind.</summary>
public static class HandInDocument
{
    [ForMembers(Right.ManageProvider)]
    public sealed record Command(TenantId Organisation, DocumentKind Kind, string FileName, DateOnly? IssuedOn, ReadOnlyMemory<byte> Content) : ICommand<PartResult>, IInOrganisation
    {
        // A record prints all its parts; a document is never printed.
        public override string ToString() => $"{nameof(HandInDocument)} {Kind}";
    }

    public sealed class Handler(PortalDb db, IDocumentScanner scanner, DocumentVault vault, AuditLog audit, CurrentPerson current, TimeProvider clock) : IRequestHandler<Command, PartResult>
    {
        public async Task<PartResult> Handle(Command request, CancellationToken cancellationToken)
        {
            var application = await db.CurrentAsync(request.Organisation, cancellationToken);
            if (application is null || !application.Edit(current.Required.Id))
                return new PartResult.Closed();

            var now = clock.GetUtcNow();
            var (verdict, type, fault) = await JudgeAsync(application, request, now, cancellationToken);
            if (fault is { } refused)
            {
                db.ChangeTracker.Clear();
                return new PartResult.Refused($"document-{refused.ToString().ToLowerInvariant()}");
            }

            foreach (var older in await db.DocumentsOf(application.Id).Where(row => row.Kind == request.Kind).ToListAsync(cancellationToken))
                older.ReplacedAt = now;
            if (request.Kind == DocumentKind.PowerOfAttorney)
                application.AuthorityAccepted = null;

            var document = new ProviderDocument
            {
                Id = DocumentId.New(), TenantId = request.Organisation, ApplicationId = application.Id, Kind = request.Kind, FileName = Clean(request.FileName), ContentType = type!,
                Bytes = request.Content.Length, Fingerprint = Convert.ToHexStringLower(SHA256.HashData(request.Content.Span)), IssuedOn = request.IssuedOn!.Value,
                Sealed = vault.Seal(request.Organisation, request.Content.ToArray()), Scan = verdict == ScanVerdict.Clean ? ScanState.Clean : ScanState.Waiting,
                UploadedAt = now, UploadedBy = current.Required.Id,
            };
            db.Add(document);
            audit.Add("document.handed-in", $"document:{document.Id}", after: new { Application = application.Id, document.Kind, document.ContentType, document.IssuedOn, document.Scan, Document = Fingerprint.Of(request.Content.Span) });
            return await db.TrySaveAsync(cancellationToken) ? new PartResult.Saved() : new PartResult.ChangedMeanwhile();
        }

        /// <summary>The scanner first: whatever it finds, its sentence is the one that helps.</summary>
        private async Task<(ScanVerdict, string? Type, DocumentFault?)> JudgeAsync(ProviderApplication application, Command request, DateTimeOffset now, CancellationToken cancellationToken)
        {
            if (request.Content.Length > DocumentCheck.BytesMax)
                return (default, null, DocumentFault.TooLarge);

            var verdict = await scanner.ScanAsync(request.Content, cancellationToken);
            if (verdict == ScanVerdict.Infected)
                return (verdict, null, DocumentFault.Infected);

            var (type, fault) = DocumentCheck.Look(request.Content.Span);
            if (fault is null && (request.IssuedOn is not { } day || !CertificateRules.Of(application.Country).IsFresh(day, DateOnly.FromDateTime(now.UtcDateTime))))
                fault = DocumentFault.TooOld;
            return (verdict, type, fault);
        }

        /// <summary>Only for people to recognise it by.</summary>
        private static string Clean(string name)
        {
            var last = new string([.. name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Where(sign => !char.IsControl(sign) && sign is not ('<' or '>' or '"'))]);
            return last.Length > ProviderDocument.FileNameMax ? last[^ProviderDocument.FileNameMax..] : last;
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var needed = new NeedsRightAttribute(Right.ManageProvider);
        routes.MapPost("/o/{slug}/provider/certificate", CertificateAsync).WithMetadata(needed).ForFormsOnly();
        routes.MapPost("/o/{slug}/provider/authority/document", PowerAsync).WithMetadata(needed).ForFormsOnly();
    }

    private static async Task<RedirectHttpResult> CertificateAsync(HttpRequest request, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        ProviderPath.Answer(member, ApplicationPart.Certificate, await SendAsync(DocumentKind.RegistrationCertificate, request, member, mediator, cancellationToken));

    private static async Task<RedirectHttpResult> PowerAsync(HttpRequest request, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        ProviderPath.Answer(member, ApplicationPart.Authority, await SendAsync(DocumentKind.PowerOfAttorney, request, member, mediator, cancellationToken));

    private static async Task<PartResult> SendAsync(DocumentKind kind, HttpRequest request, CurrentMember member, IMediator mediator, CancellationToken cancellationToken)
    {
        // Read by hand: a bound file would make a post of another kind miss this route, and what guards it.
        var form = await request.ReadFormAsync(cancellationToken);
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
            return new PartResult.Refused("document-missing");
        if (file.Length > DocumentCheck.BytesMax)
            return new PartResult.Refused("document-toolarge");

        using var content = new MemoryStream((int)file.Length);
        await file.CopyToAsync(content, cancellationToken);
        var day = DateOnly.TryParseExact(form["issued"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : (DateOnly?)null;
        return await mediator.Send(new Command(member.Organisation.Id, kind, file.FileName, day, content.ToArray()), cancellationToken);
    }
}
