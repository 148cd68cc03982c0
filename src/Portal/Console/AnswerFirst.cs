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

/// <summary>The owner changes who answers first on an account. Chats that somebody holds stay theirs until released.</summary>
public static class AnswerFirst
{
    /// <param name="First">Null: nobody of ours; LINE's own channel answers.</param>
    /// <param name="SeenFirst">Who did when the owner looked: if that has changed meanwhile, nothing happens.</param>
    [ForMembers(Right.RunModules)]
    public sealed record Command(TenantId Organisation, OfficialAccountId AccountId, LinkageId? First, LinkageId? SeenFirst) : ICommand<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        public sealed record Changed : Result;

        public sealed record NotFound : Result;

        public sealed record ChangedMeanwhile : Result;

        /// <summary>That module is not on, or may not both hear and speak.</summary>
        public sealed record CannotAnswerFirst : Result;
    }

    public sealed class Handler(PortalDb db, AuditLog audit, RegistryNudge nudge) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var account = await db.OfficialAccounts.SingleOrDefaultAsync(row => row.Id == request.AccountId, cancellationToken);
            if (account is null)
                return new Result.NotFound();
            if (account.DefaultLinkageId != request.SeenFirst)
                return new Result.ChangedMeanwhile();
            if (request.First is { } first)
            {
                var linkage = await db.Linkages.SingleOrDefaultAsync(row => row.Id == first && row.OfficialAccountId == account.Id, cancellationToken);
                if (linkage is null)
                    return new Result.NotFound();
                if (linkage.State != LinkageState.On || !WhoAnswersFirst.Can(linkage))
                    return new Result.CannotAnswerFirst();
            }

            account.DefaultLinkageId = request.First;
            audit.Add("account.firstChanged", $"account:{account.Id}", new { First = request.SeenFirst }, new { request.First });
            if (!await db.TrySaveAsync(cancellationToken))
                return new Result.ChangedMeanwhile();

            nudge.Due();
            return new Result.Changed();
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/accounts/{account:guid}/answer-first", PostAsync).WithMetadata(new NeedsRightAttribute(Right.RunModules)).ForFormsOnly();

    /// <param name="first">A linkage's id or "nobody".</param>
    private static async Task<Results<RedirectHttpResult, NotFound, BadRequest>> PostAsync(
        Guid account, [FromForm] string? first, [FromForm] string? seenFirst, CurrentMember member, IMediator mediator, UndoTicket tickets, CancellationToken cancellationToken)
    {
        if (!WhoAnswersFirst.TryRead(first, out var chosen))
            return TypedResults.BadRequest();

        var id = new OfficialAccountId(account);
        var seen = WhoAnswersFirst.Seen(seenFirst);
        return await mediator.Send(new Command(member.Organisation.Id, id, chosen, seen), cancellationToken) switch
        {
            Result.Changed => Said.OnAccounts(member, Said.FirstChanged, chosen, tickets.ForFirst(member.Organisation.Id, id, chosen, seen)),
            Result.NotFound => TypedResults.NotFound(),
            Result.ChangedMeanwhile => Said.OnAccounts(member, Said.ChangedMeanwhile),
            Result.CannotAnswerFirst => Said.OnAccounts(member, Said.CannotAnswerFirst, chosen),
            _ => throw new UnreachableException(),
        };
    }
}
