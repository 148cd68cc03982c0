using Tenancy;

namespace Portal.Store;

/// <summary>Brings the database to this version's tables before the first request is taken.</summary>
internal sealed class StoreMigration(RegistryMigrator registry, IServiceScopeFactory scopes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await registry.MigrateAsync(cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        await RegistryMigrator.MigrateAsync(scope.ServiceProvider.GetRequiredService<PortalDb>(), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
