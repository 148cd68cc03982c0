using Line;
using Sandbox.Chats;

namespace Sandbox.Api;

/// <summary>The <c>next</c> of LINE's lists: a token that means nothing, holds for 24 hours and for its own list only.</summary>
/// <remarks>In memory: after a restart a list is read from its beginning, as after the 24 hours.</remarks>
internal sealed class Continuations(TimeProvider clock)
{
    private static readonly TimeSpan Validity = TimeSpan.FromHours(24);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <summary>A token for the rest of a list.</summary>
    /// <param name="botId">Null: the list is of no account.</param>
    /// <param name="list">Which list it is.</param>
    /// <param name="after">The last entry that was shown.</param>
    public string After(ChannelId channelId, BotId? botId, string list, string after)
    {
        var now = clock.GetUtcNow();
        var token = OpaqueToken.New();
        lock (_lock)
        {
            foreach (var (old, _) in _places.Where(pair => pair.Value.ExpiresAt <= now).ToList())
                _places.Remove(old);
            _places.Add(token, new Place(channelId, botId, list, after, now + Validity));
        }

        return token;
    }

    /// <summary>Where a token goes on; the empty text, the beginning, for no token.</summary>
    public bool TryRead(ChannelId channelId, BotId? botId, string list, string? token, out string after)
    {
        after = "";
        if (token is null)
            return true;

        lock (_lock)
        {
            if (!_places.TryGetValue(token, out var place) || place.ChannelId != channelId || place.BotId != botId || place.List != list || place.ExpiresAt <= clock.GetUtcNow())
                return false;

            after = place.After;
            return true;
        }
    }

    private sealed record Place(ChannelId ChannelId, BotId? BotId, string List, string After, DateTimeOffset ExpiresAt);
}
