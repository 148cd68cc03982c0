using ModuleGateway.Routing;
using ModuleGateway.Security;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway;

/// <summary>Opens store, keys and registry, in this order, before any door opens.</summary>
internal sealed class GatewayStartup(IGatewayStore store, MasterKeys keys, RegistryMigrator migrator, RegistryFollower follower, UpstreamChannels channels) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.OpenAsync(cancellationToken);
        await keys.OpenAsync(cancellationToken);
        await channels.RefreshAsync(cancellationToken);
        await migrator.MigrateAsync(cancellationToken);
        await follower.OpenAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
