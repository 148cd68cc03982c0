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

/// <summary>The owner ends the connection by the account's own channel: its webhooks go where they went before, and no module hears it any more.</summary>
public static class DisconnectChannel
{
    [ForMembers(Right.ConnectAccounts)]
    public sealed record Command(TenantId Organisation, OfficialAccountId AccountId) : ICommand<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        public sealed record Done : Result;

        /// <summary>The gateway did not answer.</summary>
        public sealed record Away : Result;

        /// <summary>No such account, or none that is connected by a channel of its own.</summary>
        public sealed record NotFound : Result;
    }

    public sealed class Handler(PortalDb db, AuditLog audit, ChannelClient channels) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var account = await db.OfficialAccounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.AccountId, cancellationToken);
            var connection = account is null ? null : await db.Connections.AsNoTracking().SingleOrDefaultAsync(row => row.BotId == account.BotId, cancellationToken);
            if (connection is not { State: ConnectionState.Attached })
                return new Result.NotFound();

            var channel = connection.ChannelId.ToString();
            try
            {
                if (!await channels.RemoveAsync(channel, cancellationToken))
                    return new Result.NotFound();
            }
            catch (GatewayUnavailableException)
            {
                return new Result.Away();
            }

            audit.Add("account.channelDisconnected", $"account:{request.AccountId}", new { connection.State, Channel = channel }, new { State = ConnectionState.Detached });
            await db.SaveChangesAsync(CancellationToken.None);
            return new Result.Done();
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/accounts/{account:guid}/channel/disconnect", PostAsync).WithMetadata(new NeedsRightAttribute(Right.ConnectAccounts)).ForFormsOnly();

    private static async Task<Results<RedirectHttpResult, NotFound>> PostAsync(Guid account, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new Command(member.Organisation.Id, new OfficialAccountId(account)), cancellationToken) switch
        {
            Result.Done => Said.OnAccounts(member, Said.ChannelDisconnected),
            Result.Away => Said.OnAccounts(member, Said.GatewayAway),
            Result.NotFound => TypedResults.NotFound(),
            _ => throw new UnreachableException(),
        };
}
