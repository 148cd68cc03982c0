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

/// <summary>The owner pauses a module, or lets it go on. A paused one hears nothing and says nothing; its place in the stack is kept.</summary>
public static class PauseModule
{
    /// <param name="Pause">False: go on.</param>
    [ForMembers(Right.RunModules)]
    public sealed record Command(TenantId Organisation, LinkageId Id, bool Pause) : ICommand<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        public sealed record Done : Result;

        public sealed record NotFound : Result;

        /// <summary>It was not on (to pause), or not paused (to go on).</summary>
        public sealed record ChangedMeanwhile : Result;
    }

    public sealed class Handler(PortalDb db, AuditLog audit, RegistryNudge nudge) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var linkage = await db.Linkages.SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (linkage is null)
                return new Result.NotFound();

            var (from, to) = request.Pause ? (LinkageState.On, LinkageState.Paused) : (LinkageState.Paused, LinkageState.On);
            if (linkage.State != from)
                return new Result.ChangedMeanwhile();

            linkage.State = to;
            audit.Add(request.Pause ? "module.paused" : "module.resumed", $"linkage:{linkage.Id}", new { State = from }, new { State = to });
            if (!await db.TrySaveAsync(cancellationToken))
                return new Result.ChangedMeanwhile();

            nudge.Due();
            return new Result.Done();
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var needed = new NeedsRightAttribute(Right.RunModules);
        routes.MapPost("/o/{slug}/modules/{linkage:guid}/pause", PauseAsync).WithMetadata(needed).ForFormsOnly();
        routes.MapPost("/o/{slug}/modules/{linkage:guid}/resume", ResumeAsync).WithMetadata(needed).ForFormsOnly();
    }

    private static Task<Results<RedirectHttpResult, NotFound>> PauseAsync(Guid linkage, CurrentMember member, IMediator mediator, UndoTicket tickets, CancellationToken cancellationToken)
    {
        var id = new LinkageId(linkage);
        return SendAsync(new(member.Organisation.Id, id, Pause: true), Said.Paused, () => tickets.ForPaused(member.Organisation.Id, id), member, mediator, cancellationToken);
    }

    private static Task<Results<RedirectHttpResult, NotFound>> ResumeAsync(Guid linkage, CurrentMember member, IMediator mediator, UndoTicket tickets, CancellationToken cancellationToken)
    {
        var id = new LinkageId(linkage);
        return SendAsync(new(member.Organisation.Id, id, Pause: false), Said.Resumed, () => tickets.ForResumed(member.Organisation.Id, id), member, mediator, cancellationToken);
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> SendAsync(
        Command command, string said, Func<string> undo, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(command, cancellationToken) switch
        {
            Result.Done => Said.OnAccounts(member, said, command.Id, undo()),
            Result.NotFound => TypedResults.NotFound(),
            Result.ChangedMeanwhile => Said.OnAccounts(member, Said.ChangedMeanwhile),
            _ => throw new UnreachableException(),
        };
}
