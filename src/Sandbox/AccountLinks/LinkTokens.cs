using System.Diagnostics.CodeAnalysis;
using Line;
using Sandbox.Chats;
using Sandbox.Store;

namespace Sandbox.AccountLinks;

/// <summary>All link tokens that may still be used.</summary>
/// <remarks>Thread-safe: one lock. LINE: single use, ten minutes. Source: reference, "Issue link token".</remarks>
internal sealed class LinkTokens
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const string Kind = "linkToken";
    private readonly DocumentStore _store;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkToken> _tokens;

    public LinkTokens(DocumentStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
        _tokens = store.All<LinkToken>(Kind).ToDictionary(token => token.Token, StringComparer.Ordinal);
    }

    public string Issue(BotId botId, string personId)
    {
        var now = _clock.GetUtcNow();
        lock (_lock)
        {
            foreach (var expired in _tokens.Values.Where(token => token.ExpiresAt <= now).ToList())
                Remove(expired.Token);

            var issued = new LinkToken(OpaqueToken.New(), botId, personId, now + Lifetime);
            _tokens.Add(issued.Token, issued);
            _store.Put(Kind, issued.Token, issued);
            return issued.Token;
        }
    }

    /// <summary>Reads a token that can still be used.</summary>
    public bool TryFind(string token, [NotNullWhen(true)] out LinkToken? found)
    {
        lock (_lock)
            return _tokens.TryGetValue(token, out found) && found.ExpiresAt > _clock.GetUtcNow();
    }

    /// <summary>Uses a token up; false when it is unknown, used or too old.</summary>
    public bool TryUse(string token, [NotNullWhen(true)] out LinkToken? used)
    {
        lock (_lock)
        {
            if (!TryFind(token, out used))
                return false;

            Remove(token);
            return true;
        }
    }

    private void Remove(string token)
    {
        _tokens.Remove(token);
        _store.Delete(Kind, token);
    }
}
