using System.Diagnostics;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Console;

/// <summary>An account whose connection was taken away at LINE goes to the consent again; its modules are as they were when it comes back.</summary>
public static class Reconnect
{
    /// <param name="ReturnAddress">Our address that LINE's return comes to.</param>
    [ForMembers(Right.ConnectAccounts)]
    public sealed record Command(TenantId Organisation, OfficialAccountId AccountId, Uri ReturnAddress) : ICommand<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        public sealed record ToLine(Uri Address) : Result;

        public sealed record NotFound : Result;

        public sealed record LineUnreachable : Result;
    }

    public sealed class Handler(PortalDb db, AuditLog audit, GatewayClient gateway) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var account = await db.OfficialAccounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.AccountId, cancellationToken);
            if (account is null)
                return new Result.NotFound();

            var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(row => row.BotId == account.BotId, cancellationToken);
            var granted = await db.Linkages.AsNoTracking().Where(row => row.OfficialAccountId == account.Id && row.State != LinkageState.Ended)
                .Select(row => row.Scopes).ToListAsync(cancellationToken);
            // All that it had and all that its modules were granted: never fewer than before.
            IReadOnlyList<string> scopes = [.. Scopes.Base.Union(connection?.Scopes ?? []).Union(granted.SelectMany(list => list))];
            try
            {
                var address = await gateway.StartAttachAsync(
                    new(Guid.CreateVersion7(), scopes, account.BasicId.Length == 0 ? null : account.BasicId, null, request.ReturnAddress), cancellationToken);
                audit.Add("account.reconnecting", $"account:{account.Id}", new { connection?.State }, new { Scopes = scopes });
                await db.SaveChangesAsync(cancellationToken);
                return new Result.ToLine(address);
            }
            catch (GatewayUnavailableException)
            {
                return new Result.LineUnreachable();
            }
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var needed = new NeedsRightAttribute(Right.ConnectAccounts);
        routes.MapPost("/o/{slug}/accounts/{account:guid}/reconnect", PostAsync).WithMetadata(needed).ForFormsOnly();
        routes.MapGet("/o/{slug}/accounts/{account:guid}/reconnected", BackAsync).WithMetadata(needed);
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> PostAsync(
        Guid account, HttpRequest request, CurrentMember member, Site site, IMediator mediator, CancellationToken cancellationToken)
    {
        var back = new Uri(site.Absolute(request, $"/o/{member.Organisation.Slug}/accounts/{account}/reconnected"));
        return await mediator.Send(new Command(member.Organisation.Id, new OfficialAccountId(account), back), cancellationToken) switch
        {
            Result.ToLine line => TypedResults.Redirect(line.Address.AbsoluteUri),
            Result.NotFound => TypedResults.NotFound(),
            Result.LineUnreachable => Said.OnAccounts(member, Said.GatewayAway),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Back from LINE. The gateway has written the connection by now, or it says why not; the page reads the connection itself.</summary>
    private static async Task<RedirectHttpResult> BackAsync(Guid attachRequest, CurrentMember member, GatewayClient gateway, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await gateway.FindAttachAsync(attachRequest, null, cancellationToken);
            return Said.OnAccounts(member, outcome?.State switch
            {
                AttachState.Attached => Said.Reconnected,
                null or AttachState.Pending => Said.ReconnectPending,
                _ => Said.ReconnectRefused,
            });
        }
        catch (GatewayUnavailableException)
        {
            return Said.OnAccounts(member, Said.GatewayAway);
        }
    }
}
