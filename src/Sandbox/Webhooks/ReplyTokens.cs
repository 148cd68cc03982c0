using System.Diagnostics.CodeAnalysis;
using Line;
using Sandbox.Chats;
using Sandbox.Store;

namespace Sandbox.Webhooks;

/// <summary>All reply tokens that may still be used.</summary>
/// <remarks>Thread-safe: one lock. LINE: single use, within a minute of each delivery attempt, never beyond 20 minutes after the event.</remarks>
internal sealed class ReplyTokens
{
    public static readonly TimeSpan AfterSending = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan AfterEvent = TimeSpan.FromMinutes(20);

    private const string Kind = "replyToken";
    private readonly DocumentStore _store;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ReplyTokenEntry> _tokens;
    private readonly Queue<(string Token, DateTimeOffset EventAt)> _byAge;

    public ReplyTokens(DocumentStore store)
    {
        _store = store;
        var stored = store.All<ReplyTokenEntry>(Kind);
        _tokens = stored.ToDictionary(entry => entry.Token, StringComparer.Ordinal);
        _byAge = new Queue<(string, DateTimeOffset)>(stored.OrderBy(entry => entry.EventAt).Select(entry => (entry.Token, entry.EventAt)));
    }

    public string Issue(ChannelId channelId, ChatKey chat, DateTimeOffset eventAt)
    {
        lock (_lock)
        {
            while (_byAge.TryPeek(out var oldest) && eventAt - oldest.EventAt > AfterEvent)
                Remove(_byAge.Dequeue().Token);

            var entry = new ReplyTokenEntry(OpaqueToken.New(), channelId, chat.BotId, chat.Peer, eventAt, SentAt: null);
            _byAge.Enqueue((entry.Token, eventAt));
            Save(entry);
            return entry.Token;
        }
    }

    /// <summary>Starts the token's minute (again): its event is about to be sent.</summary>
    public void Sent(string token, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_tokens.TryGetValue(token, out var entry))
                Save(entry with { SentAt = now });
        }
    }

    /// <summary>Uses the token up; false when it is unknown, used, too old, or another channel's or account's.</summary>
    public bool TryUse(string token, ChannelId channelId, BotId botId, DateTimeOffset now, [NotNullWhen(true)] out ReplyTokenEntry? entry)
    {
        lock (_lock)
        {
            entry = Find(token, channelId, botId, now);
            if (entry is null)
                return false;

            Remove(token);
            return true;
        }
    }

    /// <summary>Reads a token that could be used now; null for any other.</summary>
    public ReplyTokenEntry? Find(string token, ChannelId channelId, BotId botId, DateTimeOffset now)
    {
        lock (_lock)
        {
            return _tokens.TryGetValue(token, out var entry) && entry.ChannelId == channelId && entry.BotId == botId
                && entry.SentAt is { } sentAt && now - sentAt <= AfterSending && now - entry.EventAt <= AfterEvent ? entry : null;
        }
    }

    private void Save(ReplyTokenEntry entry)
    {
        _tokens[entry.Token] = entry;
        _store.Put(Kind, entry.Token, entry);
    }

    private void Remove(string token)
    {
        if (_tokens.Remove(token))
            _store.Delete(Kind, token);
    }
}
