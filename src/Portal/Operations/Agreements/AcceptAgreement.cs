using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Portal.Audit;
using Portal.Frame.Language;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Operations.Agreements;

/// <summary>An owner accepts the agreement in force for the company: the very version and words that were shown.</summary>
public static class AcceptAgreement
{
    /// <param name="Number">The version that was read.</param>
    /// <param name="Language">In which language.</param>
    [ForMembers(Right.ManageProvider)]
    public sealed record Command(TenantId Organisation, AgreementKind Kind, int Number, string Language) : ICommand<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        /// <summary>Now, or by this person before.</summary>
        public sealed record Accepted : Result;

        /// <summary>Another version is in force than the one that was read.</summary>
        public sealed record Stale : Result;
    }

    public sealed class Handler(PortalDb db, Agreements agreements, AuditLog audit, CurrentPerson current, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var agreement = await agreements.CurrentAsync(request.Kind, cancellationToken);
            if (agreement is null || agreement.Number != request.Number || agreement.Texts.SingleOrDefault(row => row.Language == request.Language) is not { } text)
                return new Result.Stale();

            db.Add(new AgreementAcceptance
            {
                AgreementId = agreement.Id,
                TenantId = request.Organisation,
                PersonId = current.Required.Id,
                At = clock.GetUtcNow(),
                Language = text.Language,
                Fingerprint = text.Fingerprint.ToString(),
            });
            audit.Add("agreement.accepted", $"agreement:{agreement.Id}", null, new { agreement.Kind, agreement.Number, text.Language, text.Fingerprint });
            await db.TrySaveAsync(cancellationToken); // Refused by the key: this person has accepted it before.
            return new Result.Accepted();
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/agreements/accept", PostAsync).WithMetadata(new NeedsRightAttribute(Right.ManageProvider)).ForFormsOnly();

    private static async Task<Results<RedirectHttpResult, BadRequest>> PostAsync(
        [FromForm] string? kind, [FromForm] int number, [FromForm] string? back, CurrentMember member, Reader reader, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<AgreementKind>(kind, out var which) || !Enum.IsDefined(which))
            return TypedResults.BadRequest();

        var result = await mediator.Send(new Command(member.Organisation.Id, which, number, reader.Language), cancellationToken);
        return TypedResults.LocalRedirect($"{LocalPath.Or(back, $"/o/{member.Organisation.Slug}/agreements")}?said={(result is Result.Accepted ? "accepted" : "stale")}");
    }
}
