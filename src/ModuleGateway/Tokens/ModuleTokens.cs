using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ModuleGateway.Routing;
using ModuleGateway.Security;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tokens;

/// <summary>Access tokens that the gateway issues to modules: stateless ones are sealed, those with an expiry of the module's choice are kept by digest.</summary>
internal sealed class ModuleTokens(IGatewayStore store, GatewayState state, Vault vault, StoreClock clock)
{
    /// <summary>LINE's: 15 minutes.</summary>
    public static readonly TimeSpan StatelessLifetime = TimeSpan.FromMinutes(15);

    /// <summary>LINE's: the 31st is refused.</summary>
    public const int LiveMax = 30;

    private const int StatelessBytes = 16 + 8 + 8; // Module, expiry, a number that makes each one different.

    public string IssueStateless(ModuleConfig module)
    {
        var plain = new byte[StatelessBytes];
        module.Id.Value.TryWriteBytes(plain, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(plain.AsSpan(16), (clock.GetUtcNow() + StatelessLifetime).ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(plain.AsSpan(24));
        return vault.AccessTokens.SealAsToken(plain);
    }

    /// <summary>Null when the module has 30 that live.</summary>
    public async Task<(string Token, string KeyId)?> IssueAsync(ModuleConfig module, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(64));
        var keyId = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var now = clock.GetUtcNow();
        var issued = await store.WriteAsync(
            tx =>
            {
                if (tx.ModuleTokens.Live(module.Id, now).Count >= LiveMax)
                    return false;

                tx.ModuleTokens.Add(new ModuleTokenRow(Digest(token), keyId, module.Id, now, now + lifetime));
                return true;
            },
            cancellationToken);
        return issued ? (token, keyId) : null;
    }

    /// <summary>Whose token this is; null when it is none of ours, has run out or was revoked.</summary>
    public async Task<ModuleId?> ModuleOfAsync(string token, CancellationToken cancellationToken) =>
        await FindAsync(token, cancellationToken) is { } found && found.ExpiresAt > clock.GetUtcNow() && state.Snapshot.Modules.ContainsKey(found.Module) ? found.Module : null;

    /// <summary>A token of ours, whether or not it has run out.</summary>
    public async Task<(ModuleId Module, DateTimeOffset ExpiresAt)?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (vault.AccessTokens.OpenToken(token) is { Length: StatelessBytes } plain)
            return (new ModuleId(new Guid(plain.AsSpan(0, 16), bigEndian: true)), DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(16))));

        return await store.ReadAsync(tx => tx.ModuleTokens.Find(Digest(token)), cancellationToken) is { } row ? (row.Module, row.ExpiresAt) : null;
    }

    public Task<IReadOnlyList<string>> KeyIdsAsync(ModuleConfig module, CancellationToken cancellationToken) =>
        store.ReadAsync(tx => (IReadOnlyList<string>)[.. tx.ModuleTokens.Live(module.Id, clock.GetUtcNow()).Select(row => row.KeyId)], cancellationToken);

    public Task RevokeAsync(ModuleConfig module, string token, CancellationToken cancellationToken) => store.WriteAsync(
        tx =>
        {
            if (tx.ModuleTokens.Find(Digest(token)) is { } row && row.Module == module.Id)
                tx.ModuleTokens.Remove(row.Digest);
            return true;
        },
        cancellationToken);

    private static string Digest(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
