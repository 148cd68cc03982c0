using System.Collections.Concurrent;
using System.Text;
using Line;

namespace ModuleGateway.Security;

/// <summary>What the gateway seals, one key for each purpose: bodies by bot, salts, verifiers, reply tokens, read tokens, link tokens, access tokens, channel secrets, names of open chats.</summary>
internal sealed class Vault(MasterKeys keys)
{
    /// <summary>A body key costs a derivation; this many bots keep theirs at hand, then the cache starts anew.</summary>
    private const int BodyKeysMax = 10_000;

    private static readonly byte[] BodyPurpose = "bodies"u8.ToArray();
    private readonly ConcurrentDictionary<BotId, Sealer> _bodies = new();

    public Sealer Salts { get; } = new(keys, "salts"u8.ToArray(), []);

    public Sealer Verifiers { get; } = new(keys, "pkce verifiers"u8.ToArray(), []);

    public Sealer ReplyTokens { get; } = new(keys, "reply tokens"u8.ToArray(), []);

    public Sealer ReadTokens { get; } = new(keys, "mark-as-read tokens"u8.ToArray(), []);

    public Sealer LinkTokens { get; } = new(keys, "link tokens"u8.ToArray(), []);

    public Sealer AccessTokens { get; } = new(keys, "access tokens"u8.ToArray(), []);

    public Sealer ChannelSecrets { get; } = new(keys, "channel secrets"u8.ToArray(), []);

    public Sealer OpenChats { get; } = new(keys, "open chats"u8.ToArray(), []);

    /// <summary>Event bodies are encrypted at rest with a key for each bot.</summary>
    public Sealer Bodies(BotId bot)
    {
        if (_bodies.TryGetValue(bot, out var known))
            return known; // Counting them takes every lock of the dictionary: only for one that is new.
        if (_bodies.Count >= BodyKeysMax)
            _bodies.Clear();
        return _bodies.GetOrAdd(bot, static (id, keys) => new Sealer(keys, BodyPurpose, Encoding.ASCII.GetBytes(id.ToString())), keys);
    }
}
