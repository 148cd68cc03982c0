using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;

namespace Portal.Operations.Suspensions;

/// <summary>The operator stops a provider, a listing or a module on one account, and says why.</summary>
public static class Suspend
{
    [ForOperators]
    public sealed record Command(SuspensionKind Kind, Guid Subject, string? Reason) : ICommand<Result>;

    public abstract record Result
    {
        private Result() { }

        public sealed record Suspended(Guid Id) : Result;

        /// <summary>No such thing, or it is stopped or ended already.</summary>
        public sealed record NothingToStop : Result;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Kind).IsInEnum();
            RuleFor(command => command.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).MaximumLength(Suspension.ReasonMax);
        }
    }

    public sealed class Handler(PortalDb db, AuditLog audit, CurrentPerson current, IEnumerable<ISuspendable> features, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var feature = features.SingleOrDefault(row => row.Kind == request.Kind);
            if (feature is null || await feature.SuspendAsync(request.Subject, cancellationToken) is not { } stopped)
                return new Result.NothingToStop();

            var suspension = new Suspension
            {
                Id = Guid.CreateVersion7(),
                Kind = request.Kind,
                SubjectId = request.Subject,
                TenantId = stopped.Owner,
                Title = stopped.Title.Length <= 200 ? stopped.Title : stopped.Title[..200],
                Reason = request.Reason!.Trim(),
                SuspendedBy = current.Required.Id,
                SuspendedAt = clock.GetUtcNow(),
                Before = stopped.Before,
                OpenKey = Suspension.KeyOf(request.Kind, request.Subject),
            };
            db.Add(suspension);
            audit.Add("suspension.made", $"{request.Kind.ToString().ToLowerInvariant()}:{request.Subject}", new { stopped.Before }, new { suspension.Reason }, stopped.Owner);
            return await db.TrySaveAsync(cancellationToken) ? new Result.Suspended(suspension.Id) : new Result.NothingToStop();
        }
    }

    // Before the page at the same address, which would take a POST too.
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/operations/suspensions", PostAsync).WithOrder(-1).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync([FromForm] string? kind, [FromForm] string? subject, [FromForm] string? reason, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<SuspensionKind>(kind, out var what) || !Enum.IsDefined(what) || !Guid.TryParse(subject?.Trim(), out var id) || string.IsNullOrWhiteSpace(reason) || reason.Length > Suspension.ReasonMax)
            return TypedResults.LocalRedirect("/operations/suspensions?said=incomplete");

        var result = await mediator.Send(new Command(what, id, reason), cancellationToken);
        return TypedResults.LocalRedirect($"/operations/suspensions?said={(result is Result.Suspended ? "suspended" : "nothingToStop")}");
    }
}
