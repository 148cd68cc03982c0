using System.Diagnostics;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Operations.Approvals;

/// <summary>An operator approves what is in the queue, or refuses it with a reason. The last vote that is needed does it, in the same transaction.</summary>
public static class CastVote
{
    /// <param name="Round">The submission that the operator looked at: what was seen is what is approved.</param>
    /// <param name="Reason">Why not: 1 to 1000 characters with a refusal.</param>
    [ForOperators]
    public sealed record Command(ApprovalId Id, int Round, bool Approves, string? Reason) : ICommand<Result>;

    public abstract record Result
    {
        private Result() { }

        /// <param name="Missing">How many more it takes.</param>
        public sealed record Counted(int Missing) : Result;

        public sealed record Approved : Result;

        public sealed record Refused : Result;

        /// <summary>The operator submitted or edited it, or belongs to its company.</summary>
        public sealed record OwnWork : Result;

        public sealed record VotedBefore : Result;

        /// <summary>Another submission is in the queue than the one that was looked at.</summary>
        public sealed record Stale : Result;

        /// <summary>Somebody was faster, or it was taken back.</summary>
        public sealed record NotWaiting : Result;

        /// <summary>The feature says that it cannot be, and why.</summary>
        public sealed record CannotBe(string Why) : Result;

        public sealed record NotFound : Result;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).MaximumLength(ApprovalVote.ReasonMax)
            .Must((command, reason) => command.Approves || !string.IsNullOrWhiteSpace(reason)).WithMessage("A refusal says why.");
    }

    public sealed class Handler(PortalDb db, AuditLog audit, CurrentPerson current, IEnumerable<IApprovable> features, IOptions<OperationsOptions> options, TimeProvider clock)
        : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var approval = await db.Set<Approval>().Include(row => row.Votes).SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
                if (approval is null)
                    return new Result.NotFound();
                if (await WhyNotAsync(approval, request, cancellationToken) is { } refusal)
                    return refusal;

                var feature = features.SingleOrDefault(row => row.Kind == approval.Kind) ?? throw new InvalidOperationException($"Nobody takes decisions on {approval.Kind}.");
                var evidence = await feature.EvidenceAsync(approval, cancellationToken); // As it was looked at, before anything is done with it.
                var result = await DecideAsync(approval, request, feature, cancellationToken);
                if (result is Result.CannotBe)
                {
                    db.ChangeTracker.Clear();
                    return result;
                }

                Note(approval, request, evidence);
                // Two at once: the second finds another revision, looks again and counts on top of the first.
                if (await db.TrySaveAsync(cancellationToken))
                    return result;
            }
        }

        private async Task<Result?> WhyNotAsync(Approval approval, Command request, CancellationToken cancellationToken)
        {
            var person = current.Required.Id;
            if (approval.Round != request.Round)
                return new Result.Stale();
            if (approval.Current.Any(vote => vote.PersonId == person))
                return new Result.VotedBefore();
            if (approval.State != ApprovalState.Waiting)
                return new Result.NotWaiting();

            var isTheirs = approval.HadAHandIn(person) || await db.Memberships.AnyAsync(row => row.TenantId == approval.TenantId && row.PersonId == person, cancellationToken);
            return isTheirs ? new Result.OwnWork() : null;
        }

        private async Task<Result> DecideAsync(Approval approval, Command request, IApprovable feature, CancellationToken cancellationToken)
        {
            var single = options.Value.SingleOperator;
            approval.Vote(current.Required.Id, request.Approves, request.Approves ? null : request.Reason!.Trim(), single, clock.GetUtcNow());
            switch (approval.State)
            {
                case ApprovalState.Approved:
                    return await feature.ApproveAsync(approval, cancellationToken) is { } why ? new Result.CannotBe(why) : new Result.Approved();
                case ApprovalState.Refused:
                    await feature.RefuseAsync(approval, request.Reason!.Trim(), cancellationToken);
                    return new Result.Refused();
                default:
                    return new Result.Counted(ApprovalRules.VotesNeeded(approval.Kind, single) - approval.Current.Count(vote => vote.Approves));
            }
        }

        private void Note(Approval approval, Command request, IReadOnlyList<string> evidence)
        {
            var what = char.ToLowerInvariant(approval.Kind.ToString()[0]) + approval.Kind.ToString()[1..];
            audit.Add(
                request.Approves ? "approval.approved" : "approval.refused",
                $"{what}:{approval.SubjectId}",
                new { Version = approval.SubjectVersion, State = ApprovalState.Waiting },
                new { approval.State, Votes = approval.Current.Count(vote => vote.Approves), request.Reason, approval.BySingleOperator, Evidence = evidence },
                approval.TenantId);
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/operations/approvals/{approval:guid}/approve", ApproveAsync).ForFormsOnly();
        routes.MapPost("/operations/approvals/{approval:guid}/refuse", RefuseAsync).ForFormsOnly();
    }

    private static Task<Results<RedirectHttpResult, NotFound>> ApproveAsync(
        Guid approval, [FromForm] int round, [FromForm] string? back, IMediator mediator, CancellationToken cancellationToken) =>
        SendAsync(new(new ApprovalId(approval), round, Approves: true, null), back, mediator, cancellationToken);

    private static Task<Results<RedirectHttpResult, NotFound>> RefuseAsync(
        Guid approval, [FromForm] int round, [FromForm] string? reason, [FromForm] string? back, IMediator mediator, CancellationToken cancellationToken) =>
        SendAsync(new(new ApprovalId(approval), round, Approves: false, reason), back, mediator, cancellationToken);

    private static async Task<Results<RedirectHttpResult, NotFound>> SendAsync(Command command, string? back, IMediator mediator, CancellationToken cancellationToken)
    {
        string said;
        try
        {
            var result = await mediator.Send(command, cancellationToken);
            if (result is Result.NotFound)
                return TypedResults.NotFound();

            said = result switch
            {
                Result.Counted => "counted",
                Result.Approved => "approved",
                Result.Refused => "refused",
                Result.OwnWork => "ownWork",
                Result.VotedBefore => "votedBefore",
                Result.Stale => "stale",
                Result.NotWaiting => "notWaiting",
                Result.CannotBe cannot => $"cannotBe.{cannot.Why}",
                _ => throw new UnreachableException(),
            };
        }
        catch (ValidationException)
        {
            said = "reasonNeeded"; // The one field that a person fills in.
        }

        var path = LocalPath.Or(back, QueuesPath);
        return TypedResults.LocalRedirect($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}said={said}");
    }

    private const string QueuesPath = "/operations/queues";
}
