using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;

namespace Portal.Operations.Suspensions;

/// <summary>The operator takes a suspension back: what was stopped has again what it had.</summary>
public static class LiftSuspension
{
    [ForOperators]
    public sealed record Command(Guid Id, string? Reason) : ICommand<Result>;

    public abstract record Result
    {
        private Result() { }

        public sealed record Lifted : Result;

        /// <summary>No such suspension, or it is lifted already.</summary>
        public sealed record NotSuspended : Result;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).MaximumLength(Suspension.ReasonMax);
    }

    public sealed class Handler(PortalDb db, AuditLog audit, CurrentPerson current, IEnumerable<ISuspendable> features, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var suspension = await db.Set<Suspension>().SingleOrDefaultAsync(row => row.Id == request.Id && row.LiftedAt == null, cancellationToken);
            if (suspension is null)
                return new Result.NotSuspended();

            await features.Single(row => row.Kind == suspension.Kind).LiftAsync(suspension, cancellationToken);
            suspension.Lift(current.Required.Id, request.Reason!.Trim(), clock.GetUtcNow());
            audit.Add("suspension.lifted", $"{suspension.Kind.ToString().ToLowerInvariant()}:{suspension.SubjectId}", new { suspension.Reason }, new { suspension.Before, suspension.LiftReason }, suspension.TenantId);
            return await db.TrySaveAsync(cancellationToken) ? new Result.Lifted() : new Result.NotSuspended();
        }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/operations/suspensions/{suspension:guid}/lift", PostAsync).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync(Guid suspension, [FromForm] string? reason, IMediator mediator, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > Suspension.ReasonMax)
            return TypedResults.LocalRedirect("/operations/suspensions?said=incomplete");

        var result = await mediator.Send(new Command(suspension, reason), cancellationToken);
        return TypedResults.LocalRedirect($"/operations/suspensions?said={(result is Result.Lifted ? "lifted" : "notSuspended")}");
    }
}
