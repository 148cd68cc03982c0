using Portal.Store;
using Tenancy;

namespace Portal.Catalog.Shelf;

/// <summary>Reads the catalog before the first visitor comes, who then does not wait for it.</summary>
internal sealed class ShelfWarming(IServiceScopeFactory scopes, ShelfState shelf) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("the catalog is open to everybody");
        await shelf.CurrentAsync(scope.ServiceProvider.GetRequiredService<PortalDb>(), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
