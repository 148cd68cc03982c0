using Line;
using Microsoft.EntityFrameworkCore;
using ModuleGateway.Control;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Attaching;

/// <summary>Writes what the gateway knows of connections into the registry, whose connection rows are the gateway's own.</summary>
/// <remarks>The control rows decide; these are their picture for the portal. What a crash left unwritten is caught up at the start.</remarks>
internal sealed class ConnectionPublisher(IGatewayStore store, IServiceScopeFactory scopes, LineUpstream line)
{
    public async Task PublishAsync(BotId bot, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(tx => tx.Control.Account(bot), cancellationToken) is { } account)
            await PublishAsync([account], cancellationToken);
    }

    public async Task PublishAllAsync(CancellationToken cancellationToken) =>
        await PublishAsync(await store.ReadAsync(tx => tx.Control.Accounts(), cancellationToken), cancellationToken);

    private async Task PublishAsync(IReadOnlyList<AccountRow> accounts, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("Connections belong to the gateway, not to a tenant.");
        var registry = scope.ServiceProvider.GetRequiredService<RegistryDb>();
        var rows = await registry.Connections.ToDictionaryAsync(row => row.BotId, cancellationToken);
        foreach (var account in accounts)
        {
            var known = rows.GetValueOrDefault(account.Bot);
            if (known is null && account.Connection == ConnectionState.Detached)
                continue; // Never attached: the account row only keeps the owner's choice.

            var row = known ?? Fresh(registry, account);
            if (row.State != account.Connection || !row.Scopes.SequenceEqual(account.Scopes) || known is null)
                await DescribeAsync(row, account, cancellationToken);
        }

        await registry.SaveChangesAsync(cancellationToken);
    }

    private async Task DescribeAsync(Connection row, AccountRow account, CancellationToken cancellationToken)
    {
        row.ChannelId = account.Channel;
        row.State = account.Connection;
        row.Scopes = account.Scopes;
        row.AttachedAt = account.AttachedAt;
        row.DetachedAt = account.Connection == ConnectionState.Detached ? row.DetachedAt ?? account.AttachedAt : null;
        if (account.Connection != ConnectionState.Attached)
            return;

        try
        {
            var info = await new MessagingClient(line.Http, line.Endpoints, line.Tokens(account.Channel)).GetBotInfoAsync(account.Bot, cancellationToken);
            (row.DisplayName, row.BasicId, row.PictureUrl) = (info.DisplayName, info.BasicId, info.PictureUrl);
        }
        catch (Exception error) when (error is LineApiException or HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The name is for people's eyes; the connection holds without it, and the next change asks again.
            row.DisplayName ??= account.Bot.ToString();
        }
    }

    private static Connection Fresh(RegistryDb registry, AccountRow account)
    {
        var row = new Connection { BotId = account.Bot, ChannelId = account.Channel, State = account.Connection, Scopes = account.Scopes, AttachedAt = account.AttachedAt };
        registry.Connections.Add(row);
        return row;
    }
}
