using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>Who has a module: rows of other organisations, of which a provider learns the number and nothing else.</summary>
public sealed class Buyers(IServiceScopeFactory scopes)
{
    /// <returns>Module → accounts that it is on.</returns>
    public async Task<IReadOnlyDictionary<ModuleId, int>> CountAsync(IReadOnlyList<ModuleId> modules, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("A provider learns how many have its modules; only the number leaves this method.");
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        return await db.Linkages.Where(row => modules.Contains(row.ModuleId) && row.State != LinkageState.Ended)
            .GroupBy(row => row.ModuleId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
    }
}
