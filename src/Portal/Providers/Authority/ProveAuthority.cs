using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Providers;

/// <summary>The code from the letter or the mail is typed in. The letter's may come while a reviewer waits for it.</summary>
public static class ProveAuthority
{
    [ForMembers(Right.ManageProvider)]
    public sealed record Command(TenantId Organisation, string Code) : ICommand<PartResult>, IInOrganisation
    {
        public override string ToString() => nameof(ProveAuthority);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Code).MaximumLength(40);
    }

    public sealed class Handler(PortalDb db, DocumentVault vault, AuditLog audit, TimeProvider clock) : IRequestHandler<Command, PartResult>
    {
        public async Task<PartResult> Handle(Command request, CancellationToken cancellationToken)
        {
            var (application, now) = (await db.CurrentAsync(request.Organisation, cancellationToken), clock.GetUtcNow());
            if (application is null || ApplicationStates.IsEnded(application.State))
                return new PartResult.Closed();
            if (application.SealedCode is not { } sealedCode || application.IsCodeProven || application.CodeUntil <= now || application.CodeTries >= AuthorityCode.TriesMax)
                return new PartResult.Refused("code-over");

            var isRight = AuthorityCode.Same(vault.Open(application.TenantId, sealedCode), request.Code);
            if (isRight)
                (application.CodeProvenAt, application.SealedCode) = (now, null);
            else
                application.CodeTries++;

            application.Touch();
            audit.Add(isRight ? "authority.proven" : "authority.wrong-code", $"application:{application.Id}", after: new { application.AuthorityWay, application.CodeTries });
            if (!await db.TrySaveAsync(cancellationToken))
                return new PartResult.ChangedMeanwhile();

            return isRight ? new PartResult.Saved() : new PartResult.Refused("code-wrong");
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/provider/authority/code", PostAsync).WithMetadata(new NeedsRightAttribute(Right.ManageProvider)).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync([FromForm] string? code, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        ProviderPath.Answer(member, ApplicationPart.Authority, await mediator.Send(new Command(member.Organisation.Id, code ?? ""), cancellationToken));
}
