using System.Security.Cryptography;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Development;

/// <summary>The modules that developers opened on this machine, newest first.</summary>
public static class ShowDevelopmentModules
{
    private const int ShownMax = 100;

    [ForDevelopment]
    public sealed record Query : IQuery<IReadOnlyList<Shown>>;

    /// <param name="Secret">The channel secret; null: made with another key ring.</param>
    /// <param name="PreviousSecret">The one before, while it is valid.</param>
    /// <param name="PreviousSecretUntil">When that ends.</param>
    /// <param name="SignsWithPrevious">Whether deliveries are signed with the one before.</param>
    public sealed record Shown(ModuleId Id, string ChannelId, string WebhookUrl, bool ExpiresSilently, string? Secret, string? PreviousSecret, DateTimeOffset? PreviousSecretUntil, bool SignsWithPrevious);

    public sealed class Handler(IServiceScopeFactory scopes, SecretProtector secrets, TimeProvider clock) : IRequestHandler<Query, IReadOnlyList<Shown>>
    {
        public async Task<IReadOnlyList<Shown>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("Who may open the development door may see every module in development.");
            var modules = await scope.ServiceProvider.GetRequiredService<PortalDb>().Modules.AsNoTracking().Where(row => row.IsDevelopment)
                .OrderByDescending(row => row.Id).Take(ShownMax).ToListAsync(cancellationToken);
            return [.. modules.Select(Show)];
        }

        private Shown Show(Module row)
        {
            var hasPrevious = row.PreviousSecretUntil > clock.GetUtcNow();
            return new Shown(
                row.Id, row.ChannelId.ToString(), row.WebhookUrl, row.ExpiresSilently, Open(row.ProtectedSecret), hasPrevious ? Open(row.ProtectedPreviousSecret) : null,
                hasPrevious ? row.PreviousSecretUntil : null, hasPrevious && row.SignsWithPrevious);
        }

        private string? Open(string? protectedSecret)
        {
            try
            {
                return protectedSecret is null ? null : secrets.Unprotect(protectedSecret);
            }
            catch (CryptographicException)
            {
                return null; // The folder's keys were replaced: a new secret helps.
            }
        }
    }
}
