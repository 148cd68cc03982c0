using System.Diagnostics.CodeAnalysis;
using Line;
using Sandbox.Chats;

namespace Sandbox.Consent;

/// <summary>Authorization codes: single use, 10 minutes. In memory: after a restart the manager consents again.</summary>
internal sealed class AuthorizationCodes(TimeProvider clock)
{
    /// <summary>LINE does not disclose its own.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, AuthorizationCode> _codes = new(StringComparer.Ordinal);

    public string Issue(AuthorizeRequest request, BotId botId, IReadOnlyList<string> scopes)
    {
        var now = clock.GetUtcNow();
        var code = new AuthorizationCode(OpaqueToken.New(), request, botId, scopes, now + Lifetime);
        lock (_lock)
        {
            foreach (var expired in _codes.Values.Where(kept => kept.ExpiresAt <= now).ToList())
                _codes.Remove(expired.Code);
            _codes.Add(code.Code, code);
        }

        return code.Code;
    }

    /// <summary>Uses a code up, whatever becomes of the exchange; false when it is unknown, used or too old.</summary>
    public bool TryUse(string? code, [NotNullWhen(true)] out AuthorizationCode? used)
    {
        used = null;
        lock (_lock)
            return code is not null && _codes.Remove(code, out used) && used.ExpiresAt > clock.GetUtcNow();
    }
}
