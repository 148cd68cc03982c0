using Line;
using Microsoft.EntityFrameworkCore;
using ModuleGateway.Control;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Attaching;

/// <summary>Writes what the gateway knows of connections into the registry, whose connection rows are the gateway's own.</summary>
/// <remarks>The control rows decide; these are their picture for the portal. What a crash left unwritten is caught up at the start.</remarks>
internal sealed class ConnectionPublisher(IGatewayStore store, IServiceScopeFactory scopes, LineUpstream line) : IDisposable
{
    /// <summary>One at a time: the callback and LINE's <c>attached</c> come together, and both would add the same row.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    public void Dispose() => _turn.Dispose();

    public Task PublishAsync(BotId bot, CancellationToken cancellationToken) =>
        InTurnAsync(tx => tx.Control.Account(bot) is { } account ? [account] : [], cancellationToken);

    public Task PublishAllAsync(CancellationToken cancellationToken) => InTurnAsync(tx => tx.Control.Accounts(), cancellationToken);

    private async Task InTurnAsync(Func<IGatewayTransaction, IReadOnlyList<AccountRow>> accounts, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var stale = await store.ReadAsync(accounts, cancellationToken);
            while (stale.Count > 0)
            {
                await PublishAsync(stale, cancellationToken);

                // LINE was asked for the name meanwhile, and another process may have written what it found later: whoever writes last has looked again.
                var written = stale.ToDictionary(account => account.Bot);
                stale = [.. (await store.ReadAsync(accounts, cancellationToken)).Where(account => IsNews(written.GetValueOrDefault(account.Bot), account))];
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private static bool IsNews(AccountRow? written, AccountRow now) =>
        written is null || (written.Channel, written.Connection, written.ConnectionAt) != (now.Channel, now.Connection, now.ConnectionAt);

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
            if (row.State != account.Connection || row.ChannelId != account.Channel || !row.Scopes.SequenceEqual(account.Scopes) || known is null)
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
        if (account.Connection != ConnectionState.Attached || line.Tokens(account.Channel) is not { } tokens)
            return;

        try
        {
            var info = await line.Client(tokens).For(account.Bot).Channel.GetBotInfoAsync(cancellationToken);
            (row.DisplayName, row.BasicId, row.PictureUrl) = (info.DisplayName, info.BasicId, info.PictureUrl);
        }
        catch (Exception error) when (error is LineApiException or HttpRequestException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
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
