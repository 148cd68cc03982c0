using System.Collections.Concurrent;
using System.Text;
using Line;

namespace ModuleGateway.Security;

/// <summary>What the gateway seals, one key for each purpose: bodies by bot, salts, verifiers, reply tokens, read tokens, access tokens, channel secrets.</summary>
internal sealed class Vault(MasterKeys keys)
{
    /// <summary>A body key costs a derivation; this many bots keep theirs at hand, then the cache starts anew.</summary>
    private const int BodyKeysMax = 10_000;

    private readonly ConcurrentDictionary<BotId, Sealer> _bodies = new();
    private readonly Lazy<Sealer> _salts = new(() => Purpose(keys, "salts"u8));
    private readonly Lazy<Sealer> _verifiers = new(() => Purpose(keys, "pkce verifiers"u8));
    private readonly Lazy<Sealer> _replyTokens = new(() => Purpose(keys, "reply tokens"u8));
    private readonly Lazy<Sealer> _readTokens = new(() => Purpose(keys, "mark-as-read tokens"u8));
    private readonly Lazy<Sealer> _channelSecrets = new(() => Purpose(keys, "channel secrets"u8));
    private readonly Lazy<Sealer> _accessTokens = new(() => Purpose(keys, "access tokens"u8));

    public Sealer Salts => _salts.Value;

    public Sealer Verifiers => _verifiers.Value;

    public Sealer ReplyTokens => _replyTokens.Value;

    public Sealer ReadTokens => _readTokens.Value;

    public Sealer AccessTokens => _accessTokens.Value;

    public Sealer ChannelSecrets => _channelSecrets.Value;

    /// <summary>Event bodies are encrypted at rest with a key for each bot.</summary>
    public Sealer Bodies(BotId bot)
    {
        if (_bodies.Count > BodyKeysMax)
            _bodies.Clear();
        return _bodies.GetOrAdd(bot, static (id, keys) => new Sealer(keys.Derive("bodies"u8, Encoding.ASCII.GetBytes(id.ToString()))), keys);
    }

    private static Sealer Purpose(MasterKeys keys, ReadOnlySpan<byte> purpose) => new(keys.Derive(purpose, []));
}
