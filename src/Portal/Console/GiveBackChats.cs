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

/// <summary>The owner gives an open chat, or all chats of one holder, back to who answers first. Whoever had it hears so at once, and may take it again.</summary>
public static class GiveBackChats
{
    /// <param name="Chat">The gateway's handle of one chat; null: all of the holder.</param>
    /// <param name="With">Whose chats; null: LINE's own channel's.</param>
    [ForMembers(Right.RunModules)]
    public sealed record Command(TenantId Organisation, OfficialAccountId AccountId, string? Chat, LinkageId? With) : ICommand<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        public sealed record GivenBack : Result;

        public sealed record NotFound : Result;

        /// <summary>The chat ended, or somebody else has taken it, or nothing of that holder was open any more.</summary>
        public sealed record ChangedMeanwhile : Result;

        public sealed record GatewayAway : Result;
    }

    public sealed class Handler(PortalDb db, AuditLog audit, GatewayClient gateway) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var account = await db.OfficialAccounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.AccountId, cancellationToken);
            if (account is null)
                return new Result.NotFound();

            try
            {
                var isDone = request.Chat is { } chat
                    ? await gateway.GiveBackAsync(account.BotId, chat, cancellationToken)
                    : await gateway.GiveBackAllAsync(account.BotId, request.With, cancellationToken) > 0;
                if (!isDone)
                    return new Result.ChangedMeanwhile();

                audit.Add("chats.givenBack", $"account:{account.Id}", new { request.With }, new { OneChat = request.Chat is not null });
                await db.SaveChangesAsync(cancellationToken);
                return new Result.GivenBack();
            }
            catch (GatewayUnavailableException)
            {
                return new Result.GatewayAway();
            }
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/accounts/{account:guid}/give-back", PostAsync).WithMetadata(new NeedsRightAttribute(Right.RunModules)).ForFormsOnly();

    /// <param name="with">A linkage's id or "nobody", which stands for LINE's own channel; where no chat is named.</param>
    private static async Task<Results<RedirectHttpResult, NotFound, BadRequest>> PostAsync(
        Guid account, [FromForm] string? chat, [FromForm] string? with, CurrentMember member, IMediator mediator, CancellationToken cancellationToken)
    {
        LinkageId? holder = null;
        if (string.IsNullOrEmpty(chat) && !WhoAnswersFirst.TryRead(with, out holder))
            return TypedResults.BadRequest();

        return await mediator.Send(new Command(member.Organisation.Id, new OfficialAccountId(account), string.IsNullOrEmpty(chat) ? null : chat, holder), cancellationToken) switch
        {
            Result.GivenBack => Said.OnAccounts(member, string.IsNullOrEmpty(chat) ? Said.ChatsGivenBack : Said.ChatGivenBack),
            Result.NotFound => TypedResults.NotFound(),
            Result.ChangedMeanwhile => Said.OnAccounts(member, Said.ChatsChanged),
            Result.GatewayAway => Said.OnAccounts(member, Said.GatewayAway),
            _ => throw new UnreachableException(),
        };
    }
}
