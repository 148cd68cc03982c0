using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Development;

/// <summary>The modules that developers opened on this machine, newest first.</summary>
public static class ShowDevelopmentModules
{
    private const int ShownMax = 100;

    public sealed record Query : IRequest<IReadOnlyList<Shown>>;

    public sealed record Shown(ModuleId Id, string ChannelId, string WebhookUrl, bool ExpiresSilently);

    public sealed class Handler(IServiceScopeFactory scopes) : IRequestHandler<Query, IReadOnlyList<Shown>>
    {
        public async Task<IReadOnlyList<Shown>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("Who may open the development door may see every module in development.");
            var modules = await scope.ServiceProvider.GetRequiredService<PortalDb>().Modules.AsNoTracking().Where(row => row.IsDevelopment)
                .OrderByDescending(row => row.Id).Take(ShownMax).ToListAsync(cancellationToken);
            return [.. modules.Select(row => new Shown(row.Id, row.ChannelId.ToString(), row.WebhookUrl, row.ExpiresSilently))];
        }
    }
}
