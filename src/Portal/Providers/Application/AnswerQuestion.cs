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

/// <summary>The company writes into a part's thread.</summary>
public static class AnswerQuestion
{
    [ForMembers(Right.ManageProvider)]
    public sealed record Command(TenantId Organisation, ApplicationPart Part, string Text) : ICommand<PartResult>, IInOrganisation;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Part).IsInEnum();
            RuleFor(command => command.Text).MaximumLength(ApplicationNote.TextMax);
        }
    }

    public sealed class Handler(PortalDb db, AuditLog audit, CurrentPerson current, TimeProvider clock) : IRequestHandler<Command, PartResult>
    {
        public async Task<PartResult> Handle(Command request, CancellationToken cancellationToken)
        {
            var application = await db.CurrentAsync(request.Organisation, cancellationToken);
            if (application is null || ApplicationStates.IsEnded(application.State))
                return new PartResult.Closed();
            if (string.IsNullOrWhiteSpace(request.Text))
                return new PartResult.Refused("answer");

            db.Add(new ApplicationNote
            {
                Id = Guid.CreateVersion7(), TenantId = request.Organisation, ApplicationId = application.Id, Part = request.Part, IsFromReviewer = false,
                AuthorId = current.Required.Id, Text = request.Text.Trim(), At = clock.GetUtcNow(),
            });
            audit.Add("application.answered", $"application:{application.Id}", after: new { request.Part });
            await db.SaveChangesAsync(cancellationToken);
            return new PartResult.Saved(LeadsOn: false);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/provider/answer", PostAsync).WithMetadata(new NeedsRightAttribute(Right.ManageProvider)).ForFormsOnly();

    private static async Task<Results<RedirectHttpResult, NotFound>> PostAsync([FromForm] string? part, [FromForm] string? text, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        ProviderPath.Parse(part) is not { } known ? TypedResults.NotFound()
        : ProviderPath.Answer(member, known, await mediator.Send(new Command(member.Organisation.Id, known, text ?? ""), cancellationToken));
}
