using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Line;
using Sandbox.Chats;
using Sandbox.Store;

namespace Sandbox.Tokens;

/// <summary>Channel access tokens of the three kinds a module channel may have: stateless, v2.1, short-lived.</summary>
/// <remarks>Thread-safe. A stateless token carries its channel and end under our signature and is kept nowhere; the others are kept as hashes.</remarks>
internal sealed class AccessTokens
{
    /// <summary>Unexpired tokens of one kind a channel may have.</summary>
    public const int PerChannelMax = 30;

    public static readonly TimeSpan StatelessLifetime = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan LifetimeMax = TimeSpan.FromDays(30);

    private const string Kind = "token";
    private const string Header = """{"alg":"HS256","typ":"JWT"}""";
    private readonly DocumentStore _store;
    private readonly TimeProvider _clock;
    private readonly byte[] _signingKey;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, IssuedToken> _issued;

    public AccessTokens(DocumentStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
        _signingKey = SigningKey(store);
        _issued = store.All<IssuedToken>(Kind).ToDictionary(token => token.Hash, StringComparer.Ordinal);
    }

    public string IssueStateless(ChannelId channelId)
    {
        var ends = (_clock.GetUtcNow() + StatelessLifetime).ToUnixTimeSeconds();
        var payload = JsonSerializer.SerializeToUtf8Bytes(new StatelessPayload(channelId, ends, OpaqueToken.New(9)));
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Header))}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(Mac(signed))}";
    }

    /// <summary>Issues a short-lived token; the 31st revokes the oldest.</summary>
    public string IssueShortLived(ChannelId channelId)
    {
        lock (_lock)
        {
            var current = Current(channelId, isV21: false);
            if (current.Count >= PerChannelMax)
                Revoke(current[0]);
            return Issue(channelId, keyId: null, LifetimeMax);
        }
    }

    /// <summary>Issues a v2.1 token; null when the channel has 30 already.</summary>
    public (string Token, string KeyId)? IssueV21(ChannelId channelId, TimeSpan lifetime)
    {
        lock (_lock)
        {
            if (Current(channelId, isV21: true).Count >= PerChannelMax)
                return null;

            var keyId = OpaqueToken.New(12);
            return (Issue(channelId, keyId, lifetime), keyId);
        }
    }

    /// <summary>Key ids of the channel's v2.1 tokens that have not expired.</summary>
    public IReadOnlyList<string> KeyIds(ChannelId channelId)
    {
        lock (_lock)
            return [.. Current(channelId, isV21: true).Select(token => token.KeyId!)];
    }

    /// <summary>The channel a token speaks for; null when it is unknown, expired or revoked.</summary>
    public ChannelId? Authenticate(string token) => Find(token) is { } found && found.ExpiresAt > _clock.GetUtcNow() ? found.ChannelId : null;

    /// <summary>What a token is, expired ones included; null when it is none of ours, or revoked.</summary>
    public IssuedToken? Find(string token)
    {
        var hash = Hash(token);
        lock (_lock)
        {
            if (_issued.TryGetValue(hash, out var issued))
                return issued;
        }

        return ReadStateless(token) is { } payload
            ? new IssuedToken(hash, payload.Channel, KeyId: null, DateTimeOffset.MinValue, DateTimeOffset.FromUnixTimeSeconds(payload.Ends))
            : null;
    }

    /// <summary>Revokes; a token that is unknown, or cannot be revoked, is left alone.</summary>
    public void Revoke(string token)
    {
        lock (_lock)
        {
            if (_issued.TryGetValue(Hash(token), out var issued))
                Revoke(issued);
        }
    }

    private void Revoke(IssuedToken token)
    {
        _issued.Remove(token.Hash);
        _store.Delete(Kind, token.Hash);
    }

    private string Issue(ChannelId channelId, string? keyId, TimeSpan lifetime)
    {
        var token = OpaqueToken.New(96);
        var now = _clock.GetUtcNow();
        var issued = new IssuedToken(Hash(token), channelId, keyId, now, now + lifetime);
        _issued[issued.Hash] = issued;
        _store.Put(Kind, issued.Hash, issued);
        return token;
    }

    /// <summary>The channel's unexpired tokens, oldest first; expired ones are forgotten on the way.</summary>
    private List<IssuedToken> Current(ChannelId channelId, bool isV21)
    {
        var now = _clock.GetUtcNow();
        foreach (var expired in _issued.Values.Where(token => token.ChannelId == channelId && token.ExpiresAt <= now).ToList())
            Revoke(expired);
        return [.. _issued.Values.Where(token => token.ChannelId == channelId && token.KeyId is not null == isV21).OrderBy(token => token.IssuedAt)];
    }

    private StatelessPayload? ReadStateless(string token)
    {
        var end = token.LastIndexOf('.');
        var middle = token.IndexOf('.', StringComparison.Ordinal);
        if (middle < 0 || end <= middle || !Base64Url.IsValid(token.AsSpan(end + 1)) || !Base64Url.IsValid(token.AsSpan(middle + 1, end - middle - 1)))
            return null;

        var isOurs = CryptographicOperations.FixedTimeEquals(Mac(token[..end]), Base64Url.DecodeFromChars(token.AsSpan(end + 1)));
        return isOurs ? JsonSerializer.Deserialize<StatelessPayload>(Base64Url.DecodeFromChars(token.AsSpan(middle + 1, end - middle - 1))) : null;
    }

    private byte[] Mac(string signed) => HMACSHA256.HashData(_signingKey, Encoding.UTF8.GetBytes(signed));

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static byte[] SigningKey(DocumentStore store)
    {
        if (store.Find<byte[]>("setting", "tokenKey") is { } kept)
            return kept;

        var made = RandomNumberGenerator.GetBytes(32);
        store.Put("setting", "tokenKey", made);
        return made;
    }

    private sealed record StatelessPayload(ChannelId Channel, long Ends, string Unique);
}
