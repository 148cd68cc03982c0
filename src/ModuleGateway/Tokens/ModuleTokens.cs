using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ModuleGateway.Routing;
using ModuleGateway.Security;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tokens;

/// <summary>LINE's kinds of access tokens; there are no long-lived ones here.</summary>
internal enum TokenKind : byte
{
    /// <summary>15 minutes, as many as a module likes, not to be revoked.</summary>
    Stateless,

    /// <summary>30 days, 30 for each module: one more ends the oldest.</summary>
    ShortLived,

    /// <summary>As long as the module said, 30 for each module: one more is refused. LINE calls it v2.1.</summary>
    Chosen,
}

/// <summary>An access token of ours, whether or not it has run out.</summary>
/// <param name="TimeLeft">None when it has.</param>
internal sealed record FoundToken(TokenKind Kind, ModuleId Module, TimeSpan TimeLeft);

/// <summary>Access tokens that the gateway issues to modules: stateless ones are sealed, the others are kept by digest.</summary>
/// <remarks>
/// Tokens that are kept run out by the store's time. A stateless one is opened without the store: it runs out by the time of the process that is asked,
/// so that where several processes share a store it lives as much longer or shorter as their clocks differ.
/// Source: LINE, "Channel access token"; channel-access-token.yml.
/// </remarks>
internal sealed class ModuleTokens(IGatewayStore store, GatewayState state, Vault vault, StoreClock clock)
{
    public static readonly TimeSpan StatelessLifetime = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan ShortLivedLifetime = TimeSpan.FromDays(30);

    /// <summary>LINE's, for each kind that is kept.</summary>
    public const int LiveMax = 30;

    /// <summary>So long after its end a token is still known as one that ran out.</summary>
    private static readonly TimeSpan RememberedTime = TimeSpan.FromDays(30);

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
        var (token, keyId) = (NewToken(), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));
        var issued = await store.WriteAsync(
            tx =>
            {
                if (Live(tx, module, TokenKind.Chosen).Count >= LiveMax)
                    return false;

                tx.ModuleTokens.Add(new ModuleTokenRow(Digest(token), keyId, module.Id, tx.Now, tx.Now + lifetime));
                return true;
            },
            cancellationToken);
        return issued ? (token, keyId) : null;
    }

    /// <summary>The 31st that would live ends the oldest.</summary>
    public async Task<string> IssueShortLivedAsync(ModuleConfig module, CancellationToken cancellationToken)
    {
        var token = NewToken();
        await store.WriteAsync(
            tx =>
            {
                var live = Live(tx, module, TokenKind.ShortLived);
                foreach (var oldest in live.Take(live.Count - (LiveMax - 1)))
                    tx.ModuleTokens.Remove(oldest.Digest);

                tx.ModuleTokens.Add(new ModuleTokenRow(Digest(token), null, module.Id, tx.Now, tx.Now + ShortLivedLifetime));
                return true;
            },
            cancellationToken);
        return token;
    }

    /// <summary>Whose token this is; null when it is none of ours, has run out or was revoked.</summary>
    public async Task<ModuleId?> ModuleOfAsync(string token, CancellationToken cancellationToken) =>
        await FindAsync(token, cancellationToken) is { } found && found.TimeLeft > TimeSpan.Zero && state.Snapshot.Modules.ContainsKey(found.Module) ? found.Module : null;

    /// <summary>A token of ours; null when it is none, was revoked, or ran out long ago.</summary>
    public async Task<FoundToken?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (vault.AccessTokens.OpenToken(token) is { Length: StatelessBytes } plain)
        {
            var end = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(16)));
            return new FoundToken(TokenKind.Stateless, new ModuleId(new Guid(plain.AsSpan(0, 16), bigEndian: true)), Left(end, clock.GetUtcNow()));
        }

        var digest = Digest(token);
        return await store.ReadAsync(tx => tx.ModuleTokens.Find(digest) is { } row ? new FoundToken(KindOf(row), row.Module, Left(row.ExpiresAt, tx.Now)) : null, cancellationToken);
    }

    /// <summary>Of the tokens whose expiry the module chose, oldest first.</summary>
    public Task<IReadOnlyList<string>> KeyIdsAsync(ModuleConfig module, CancellationToken cancellationToken) =>
        store.ReadAsync(tx => (IReadOnlyList<string>)[.. tx.ModuleTokens.Live(module.Id, tx.Now).Select(row => row.KeyId).OfType<string>()], cancellationToken);

    /// <summary>Ends a token of this kind; what is none is no fault.</summary>
    /// <param name="module">Whose it must be; null: whoever has a short-lived token may end it.</param>
    public Task RevokeAsync(TokenKind kind, ModuleConfig? module, string token, CancellationToken cancellationToken)
    {
        var digest = Digest(token);
        return store.WriteAsync(
            tx =>
            {
                if (tx.ModuleTokens.Find(digest) is { } row && KindOf(row) == kind && (module is null || row.Module == module.Id))
                    tx.ModuleTokens.Remove(digest);
                return true;
            },
            cancellationToken);
    }

    /// <summary>The module's live tokens of a kind, oldest first; nobody issues to it until the transaction ends.</summary>
    private static List<ModuleTokenRow> Live(IGatewayTransaction tx, ModuleConfig module, TokenKind kind)
    {
        tx.ModuleTokens.Take(module.Id);
        tx.ModuleTokens.RemoveExpired(module.Id, tx.Now - RememberedTime);
        return [.. tx.ModuleTokens.Live(module.Id, tx.Now).Where(row => KindOf(row) == kind)];
    }

    private static TokenKind KindOf(ModuleTokenRow row) => row.KeyId is null ? TokenKind.ShortLived : TokenKind.Chosen;

    private static TimeSpan Left(DateTimeOffset end, DateTimeOffset now) => end > now ? end - now : TimeSpan.Zero;

    private static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(64));

    private static string Digest(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
