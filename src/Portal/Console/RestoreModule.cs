using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Console;

/// <summary>Takes a removal back: linkage and subscription are what they were. Only an undo ticket leads here, and it is good for ten seconds.</summary>
public static class RestoreModule
{
    /// <param name="State">What the linkage was before its removal.</param>
    /// <param name="AnsweredFirst">Whether it was the one that answers first.</param>
    [ForMembers(Right.RunModules)]
    public sealed record Command(TenantId Organisation, LinkageId Id, LinkageState State, bool AnsweredFirst) : ICommand<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        public sealed record Restored : Result;

        public sealed record NotFound : Result;

        public sealed record ChangedMeanwhile : Result;
    }

    public sealed class Handler(PortalDb db, AuditLog audit, RegistryNudge nudge) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var linkage = await db.Linkages.Include(row => row.OfficialAccount).SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (linkage is null)
                return new Result.NotFound();
            if (linkage.State != LinkageState.Ended)
                return new Result.ChangedMeanwhile();

            // The subscription that ended with the linkage, in the same instant; not one of an earlier time.
            var subscription = await db.Subscriptions.SingleOrDefaultAsync(
                row => row.OfficialAccountId == linkage.OfficialAccountId && row.ModuleId == linkage.ModuleId && row.EndedAt == linkage.EndedAt, cancellationToken);
            if (subscription is not null)
                (subscription.State, subscription.EndedAt) = (SubscriptionState.Active, null);

            (linkage.State, linkage.EndedAt) = (request.State, null);
            if (request.AnsweredFirst && linkage.OfficialAccount!.DefaultLinkageId is null)
                linkage.OfficialAccount.DefaultLinkageId = linkage.Id;

            audit.Add("module.restored", $"linkage:{linkage.Id}", new { State = LinkageState.Ended }, new { request.State, request.AnsweredFirst });
            if (!await db.TrySaveAsync(cancellationToken))
                return new Result.ChangedMeanwhile();

            nudge.Due();
            return new Result.Restored();
        }
    }
}
