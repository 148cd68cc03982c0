using System.Diagnostics;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Console;

/// <summary>The owner takes a module off an account: linkage and subscription end. What the module was known by stays, should it come back.</summary>
public static class DetachModule
{
    [ForMembers(Right.Detach)]
    public sealed record Command(TenantId Organisation, LinkageId Id) : ICommand<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        /// <summary>Ended now; what it was, so that it can be taken back.</summary>
        public sealed record Detached(LinkageState Before, bool AnsweredFirst) : Result;

        /// <summary>It had ended before.</summary>
        public sealed record AlreadyDetached : Result;

        public sealed record NotFound : Result;

        public sealed record ChangedMeanwhile : Result;
    }

    public sealed class Handler(PortalDb db, AuditLog audit, RegistryNudge nudge, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var linkage = await db.Linkages.Include(row => row.OfficialAccount).SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (linkage is null)
                return new Result.NotFound();
            if (linkage.State == LinkageState.Ended)
                return new Result.AlreadyDetached();

            var now = clock.GetUtcNow();
            var before = new Result.Detached(linkage.State, linkage.OfficialAccount!.DefaultLinkageId == linkage.Id);
            (linkage.State, linkage.EndedAt) = (LinkageState.Ended, now);
            if (before.AnsweredFirst)
                linkage.OfficialAccount.DefaultLinkageId = null; // Nobody is promoted: the owner chooses.

            var subscription = await db.Subscriptions.SingleOrDefaultAsync(
                row => row.OfficialAccountId == linkage.OfficialAccountId && row.ModuleId == linkage.ModuleId && row.EndedAt == null, cancellationToken);
            if (subscription is not null)
                (subscription.State, subscription.EndedAt) = (SubscriptionState.Ended, now);

            audit.Add("module.detached", $"linkage:{linkage.Id}", new { State = before.Before, before.AnsweredFirst }, new { linkage.State });
            if (!await db.TrySaveAsync(cancellationToken))
                return new Result.ChangedMeanwhile();

            nudge.Due();
            return before;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/modules/{linkage:guid}/detach", PostAsync).WithMetadata(new NeedsRightAttribute(Right.Detach)).ForFormsOnly();

    private static async Task<Results<RedirectHttpResult, NotFound>> PostAsync(Guid linkage, CurrentMember member, IMediator mediator, UndoTicket tickets, CancellationToken cancellationToken)
    {
        var id = new LinkageId(linkage);
        return await mediator.Send(new Command(member.Organisation.Id, id), cancellationToken) switch
        {
            Result.Detached done => Said.OnAccounts(member, Said.Detached, id, tickets.ForRemoved(member.Organisation.Id, id, done.Before, done.AnsweredFirst)),
            Result.AlreadyDetached => Said.OnAccounts(member, Said.Detached, id),
            Result.NotFound => TypedResults.NotFound(),
            Result.ChangedMeanwhile => Said.OnAccounts(member, Said.ChangedMeanwhile),
            _ => throw new UnreachableException(),
        };
    }
}
