using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Identity;
using Tenancy;

namespace Portal.Providers;

/// <summary>Somebody agrees for the company to the provider agreement, in the version that they read.</summary>
public static class AgreeTerms
{
    /// <summary>The version that the page shows. A new text is a new version.</summary>
    public const string CurrentVersion = "2026-11";

    /// <param name="Version">What the page showed: an old tab agrees to nothing.</param>
    [ForMembers(Right.ManageProvider)]
    public sealed record Command(TenantId Organisation, string Version) : ICommand<PartResult>, IInOrganisation;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Version).MaximumLength(40);
    }

    public sealed class Handler(PartWriting writing, AuditLog audit, CurrentPerson current, TimeProvider clock) : IRequestHandler<Command, PartResult>
    {
        public Task<PartResult> Handle(Command request, CancellationToken cancellationToken) =>
            writing.SaveAsync(audit, request.Organisation, ApplicationPart.Agreement, application =>
            {
                if (request.Version != CurrentVersion)
                    return (null, "agreement-old");

                (application.AgreementVersion, application.AgreedAt, application.AgreedBy) = (request.Version, clock.GetUtcNow(), current.Required.Id);
                return (new { application.AgreementVersion }, null);
            }, cancellationToken);
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/provider/agreement", PostAsync).WithMetadata(new NeedsRightAttribute(Right.ManageProvider)).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync([FromForm] string? version, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        ProviderPath.Answer(member, ApplicationPart.Agreement, await mediator.Send(new Command(member.Organisation.Id, version ?? ""), cancellationToken));
}
