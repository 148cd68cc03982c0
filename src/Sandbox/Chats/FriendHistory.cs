using Line;
using Sandbox.Accounts;
using Sandbox.Store;

namespace Sandbox.Chats;

/// <summary>When each person became a friend of each account, blocked it and came back, so that any past day can be counted.</summary>
/// <remarks>It hears of every change from the chats' feed. Thread-safe: one lock; records are immutable.</remarks>
internal sealed class FriendHistory : IAccountData
{
    private const string Kind = "friendHistory";
    private readonly DocumentStore _store;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Dictionary<ChatKey, IReadOnlyList<Change>> _changes;

    public FriendHistory(DocumentStore store, ChatFeed feed, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
        _changes = store.All<Kept>(Kind).ToDictionary(kept => kept.Key, kept => kept.Changes);
        feed.FriendChanged += Changed;
    }

    /// <summary>Since when the person is a friend; null: they are none now.</summary>
    public DateTimeOffset? Since(ChatKey key)
    {
        lock (_lock)
            return _changes.TryGetValue(key, out var changes) && changes[^1] is { Friendship: Friendship.Friend } last ? last.At : null;
    }

    /// <summary>How many people an account had at an instant: ever added it, and blocked it then.</summary>
    public (int Followers, int Blocks) At(BotId botId, DateTimeOffset at)
    {
        lock (_lock)
        {
            var people = _changes.Where(pair => pair.Key.BotId == botId).Select(pair => pair.Value.Where(change => change.At < at).ToList()).Where(changes => changes.Count > 0).ToList();
            return (people.Count(changes => changes.Any(change => change.Friendship == Friendship.Friend)), people.Count(changes => changes[^1].Friendship == Friendship.Blocked));
        }
    }

    public void Forget(BotId botId)
    {
        lock (_lock)
        {
            foreach (var key in _changes.Keys.Where(key => key.BotId == botId).ToList())
            {
                _changes.Remove(key);
                _store.Delete(Kind, key.ToString());
            }
        }
    }

    private void Changed(ChatKey key, Friendship friendship)
    {
        if (key.IsGroup)
            return;

        lock (_lock)
        {
            IReadOnlyList<Change> changes = [.. _changes.GetValueOrDefault(key) ?? [], new Change(_clock.GetUtcNow(), friendship)];
            _changes[key] = changes;
            _store.Put(Kind, key.ToString(), new Kept(key, changes));
        }
    }

    private sealed record Change(DateTimeOffset At, Friendship Friendship);

    private sealed record Kept(ChatKey Key, IReadOnlyList<Change> Changes);
}
