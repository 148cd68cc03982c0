using System.Diagnostics;
using FluentValidation;
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

/// <summary>The owner has issued a new secret for the account's own channel at LINE, and gives it to us: until then the account stands still.</summary>
public static class ReplaceChannelSecret
{
    public const int SecretMax = 200;

    /// <param name="ChannelSecret">Passed on to the gateway and kept nowhere here.</param>
    [ForMembers(Right.ConnectAccounts)]
    public sealed record Command(TenantId Organisation, OfficialAccountId AccountId, string? ChannelSecret) : ICommand<Result>, IInOrganisation
    {
        // A record prints all its parts; a secret is never printed.
        public override string ToString() => $"{nameof(ReplaceChannelSecret)} {AccountId}";
    }

    public abstract record Result
    {
        private Result() { }

        public sealed record Done : Result;

        /// <summary>LINE does not take it, or it is that of another channel; nothing was changed.</summary>
        public sealed record Wrong : Result;

        /// <summary>LINE or the gateway did not answer; nothing was changed.</summary>
        public sealed record Away : Result;

        /// <summary>No such account, or none that is connected by a channel of its own.</summary>
        public sealed record NotFound : Result;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.ChannelSecret).NotEmpty().MaximumLength(SecretMax);
    }

    public sealed class Handler(PortalDb db, AuditLog audit, ChannelClient channels) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var account = await db.OfficialAccounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.AccountId, cancellationToken);
            var connection = account is null ? null : await db.Connections.AsNoTracking().SingleOrDefaultAsync(row => row.BotId == account.BotId, cancellationToken);
            if (connection is not { State: ConnectionState.Attached })
                return new Result.NotFound();

            try
            {
                var (isKnown, fault) = await channels.ReplaceSecretAsync(connection.ChannelId.ToString(), request.ChannelSecret!, cancellationToken);
                if (!isKnown)
                    return new Result.NotFound();
                if (fault is not null)
                    return fault == ChannelFault.LineAway ? new Result.Away() : new Result.Wrong();
            }
            catch (GatewayUnavailableException)
            {
                return new Result.Away();
            }

            audit.Add("account.secretReplaced", $"account:{request.AccountId}", null, new { Channel = connection.ChannelId.ToString() });
            await db.SaveChangesAsync(CancellationToken.None);
            return new Result.Done();
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/accounts/{account:guid}/channel/secret", PostAsync).WithMetadata(new NeedsRightAttribute(Right.ConnectAccounts)).ForFormsOnly();

    private static async Task<Results<RedirectHttpResult, NotFound>> PostAsync(
        Guid account, [FromForm] string? secret, CurrentMember member, IMediator mediator, CancellationToken cancellationToken)
    {
        try
        {
            return await mediator.Send(new Command(member.Organisation.Id, new OfficialAccountId(account), secret?.Trim()), cancellationToken) switch
            {
                Result.Done => Said.OnAccounts(member, Said.SecretReplaced),
                Result.Wrong => Said.OnAccounts(member, Said.SecretWrong),
                Result.Away => Said.OnAccounts(member, Said.GatewayAway),
                Result.NotFound => TypedResults.NotFound(),
                _ => throw new UnreachableException(),
            };
        }
        catch (ValidationException)
        {
            return Said.OnAccounts(member, Said.SecretWrong);
        }
    }
}
