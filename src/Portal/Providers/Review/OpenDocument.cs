using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;

namespace Portal.Providers;

/// <summary>A reviewer takes a document out to read it. Each time is written down, for it is the company's own paper.</summary>
public static class OpenDocument
{
    /// <summary>Whatever it is, it runs nothing and loads nothing, and no browser guesses at it.</summary>
    private const string Policy = "default-src 'none'; sandbox";

    [ForOperators]
    public sealed record Command(DocumentId Id) : ICommand<Result>;

    public abstract record Result
    {
        private Result() { }

        public sealed record Opened(string FileName, string ContentType, byte[] Content) : Result;

        /// <summary>The scanner has not looked at it yet, or found something.</summary>
        public sealed record Closed : Result;

        public sealed record NotFound : Result;
    }

    public sealed class Handler(PortalDb db, DocumentVault vault, AuditLog audit) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.Set<ProviderDocument>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken) is not { } document)
                return new Result.NotFound();
            if (document.Scan != ScanState.Clean)
                return new Result.Closed();

            var content = vault.Open(document.TenantId, document.Sealed);
            audit.Add("document.opened", $"document:{document.Id}", after: new { document.Kind, Document = Fingerprint.Of(content) }, organisation: document.TenantId);
            await db.SaveChangesAsync(cancellationToken);
            return new Result.Opened(document.FileName, document.ContentType, content);
        }
    }

    // A form, not a link: to look leaves a trace, so that nothing else may fetch it in passing.
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/operations/providers/documents/{id:guid}", PostAsync).ForFormsOnly();

    private static async Task<Results<FileContentHttpResult, NotFound>> PostAsync(Guid id, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await mediator.Send(new Command(new DocumentId(id)), cancellationToken) is not Result.Opened opened)
            return TypedResults.NotFound();

        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        return TypedResults.File(opened.Content, opened.ContentType, opened.FileName); // With a name it is an attachment.
    }
}
