using System.Diagnostics;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Console;

/// <summary>The owner turns a module on after its set-up, and says whether it answers first.</summary>
public static class TurnOn
{
    /// <param name="First">Who answers first from now on: this module, another one, or nobody (null).</param>
    /// <param name="SeenFirst">Who did when the owner looked: if that has changed meanwhile, nothing happens.</param>
    [ForMembers(Right.RunModules)]
    public sealed record Command(TenantId Organisation, LinkageId Id, LinkageId? First, LinkageId? SeenFirst) : ICommand<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        public sealed record TurnedOn : Result;

        public sealed record NotFound : Result;

        /// <summary>It is not in set-up, or who answers first is not who the owner saw.</summary>
        public sealed record ChangedMeanwhile : Result;

        /// <summary>Our channel is not attached to the account at LINE.</summary>
        public sealed record NotConnected : Result;

        /// <summary>Who should answer first may not both hear and speak, or is not on this account.</summary>
        public sealed record CannotAnswerFirst : Result;
    }

    public sealed class Handler(PortalDb db, AuditLog audit, RegistryNudge nudge, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var linkage = await db.Linkages.Include(row => row.OfficialAccount).SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (linkage is null)
                return new Result.NotFound();

            var account = linkage.OfficialAccount!;
            if (linkage.State == LinkageState.On && account.DefaultLinkageId == request.First)
                return new Result.TurnedOn(); // Clicked twice: the first click did it.
            if (linkage.State != LinkageState.InSetUp || account.DefaultLinkageId != request.SeenFirst)
                return new Result.ChangedMeanwhile();
            if (!await db.Connections.AnyAsync(row => row.BotId == linkage.BotId && row.State == ConnectionState.Attached, cancellationToken))
                return new Result.NotConnected();
            // Only this module can become first by being turned on; another change of who is first is another command.
            if (request.First == linkage.Id ? !WhoAnswersFirst.Can(linkage) : request.First != account.DefaultLinkageId)
                return new Result.CannotAnswerFirst();

            (linkage.State, linkage.TurnedOnAt) = (LinkageState.On, clock.GetUtcNow());
            audit.Add("module.turnedOn", $"linkage:{linkage.Id}", new { State = LinkageState.InSetUp, First = account.DefaultLinkageId }, new { linkage.State, request.First });
            account.DefaultLinkageId = request.First;
            if (!await db.TrySaveAsync(cancellationToken))
                return new Result.ChangedMeanwhile();

            nudge.Due();
            return new Result.TurnedOn();
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/modules/{linkage:guid}/turn-on", PostAsync).WithMetadata(new NeedsRightAttribute(Right.RunModules)).ForFormsOnly();

    /// <param name="first">A linkage's id or "nobody"; missing: the owner has not chosen.</param>
    private static async Task<Results<RedirectHttpResult, NotFound>> PostAsync(
        Guid linkage, [FromForm] string? first, [FromForm] string? seenFirst, CurrentMember member, IMediator mediator, CancellationToken cancellationToken)
    {
        var id = new LinkageId(linkage);
        if (!WhoAnswersFirst.TryRead(first, out var chosen))
            return Said.OnModule(member, Said.ChoiceNeeded, id);

        return await mediator.Send(new Command(member.Organisation.Id, id, chosen, WhoAnswersFirst.Seen(seenFirst)), cancellationToken) switch
        {
            Result.TurnedOn => Said.OnAccounts(member, Said.TurnedOn, id),
            Result.NotFound => TypedResults.NotFound(),
            Result.ChangedMeanwhile => Said.OnModule(member, Said.ChangedMeanwhile, id),
            Result.NotConnected => Said.OnModule(member, Said.NotConnected, id),
            Result.CannotAnswerFirst => Said.OnModule(member, Said.CannotAnswerFirst, id),
            _ => throw new UnreachableException(),
        };
    }
}
