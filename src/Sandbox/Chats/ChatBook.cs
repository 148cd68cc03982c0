using System.Globalization;
using System.Text.Json;
using Line;
using Sandbox.Store;

namespace Sandbox.Chats;

/// <summary>All chats: friendship, control and messages of each.</summary>
/// <remarks>
/// One lock for all: a change of a chat, the webhooks queued for it and its place in the order are decided together, so that no two callers see
/// them differently. Nothing slow happens under it beside the write to the store.
/// </remarks>
internal sealed class ChatBook
{
    /// <summary>Messages kept per chat; older ones are forgotten.</summary>
    public const int MessagesMax = 1000;

    private const string StateKind = "chat";
    private const string MessageKind = "message";
    private readonly DocumentStore _store;
    private readonly ChatFeed _feed;
    private readonly Lock _lock = new();
    private readonly Dictionary<ChatKey, Entry> _chats = [];

    public ChatBook(DocumentStore store, ChatFeed feed)
    {
        _store = store;
        _feed = feed;
        foreach (var state in store.All<ChatState>(StateKind))
            _chats[state.Key] = new Entry(state);

        foreach (var stored in store.All<StoredMessage>(MessageKind)) // Keys end in the padded number: they come in order.
            EntryOf(stored.Key).Messages.Add(stored.Message);
    }

    /// <summary>Reads or changes one chat; nobody else does meanwhile. The lambda must not wait for anything.</summary>
    public T Update<T>(ChatKey key, Func<Chat, T> update)
    {
        lock (_lock)
        {
            var entry = EntryOf(key);
            var chat = new Chat(entry.State);
            var result = update(chat);
            Save(entry, chat.State);
            return result;
        }
    }

    /// <summary>A chat as it is now. One that nobody has touched looks like a new one.</summary>
    public ChatState Read(ChatKey key)
    {
        lock (_lock)
            return _chats.TryGetValue(key, out var entry) ? entry.State : ChatState.New(key);
    }

    /// <summary>Messages after number <paramref name="after"/>, oldest first.</summary>
    public IReadOnlyList<ChatMessage> Messages(ChatKey key, long after)
    {
        lock (_lock)
            return _chats.TryGetValue(key, out var entry) ? [.. entry.Messages.Where(message => message.Seq > after)] : [];
    }

    /// <summary>The newest message; null when nobody has written.</summary>
    public ChatMessage? LastMessage(ChatKey key)
    {
        lock (_lock)
            return _chats.TryGetValue(key, out var entry) && entry.Messages is [.., var last] ? last : null;
    }

    /// <summary>Changes every chat of an account in one go, as attaching and detaching do.</summary>
    public void UpdateAll(BotId botId, Func<ChatState, ChatState> update)
    {
        lock (_lock)
        {
            foreach (var entry in _chats.Values.Where(entry => entry.State.Key.BotId == botId))
                Save(entry, update(entry.State));
        }
    }

    /// <summary>Puts a message at the end of a chat and tells whoever watches it. Call it inside <see cref="Update{T}"/> only.</summary>
    public ChatMessage Append(
        Chat chat, string? id, string from, string? senderChannel, JsonElement message, DateTimeOffset at, string? by = null, string? quoteToken = null, string? readToken = null)
    {
        lock (_lock)
        {
            var entry = EntryOf(chat.Key);
            var added = new ChatMessage(chat.State.LastSeq + 1, id, from, at, senderChannel, message, by, quoteToken, readToken);
            chat.State = chat.State with { LastSeq = added.Seq };
            entry.Messages.Add(added);
            _store.Put(MessageKind, MessageKey(chat.Key, added.Seq), new StoredMessage(chat.Key, added));
            Save(entry, chat.State);
            if (entry.Messages.Count > MessagesMax)
            {
                _store.Delete(MessageKind, MessageKey(chat.Key, entry.Messages[0].Seq));
                entry.Messages.RemoveAt(0);
            }

            _feed.Message(chat.Key, added);
            return added;
        }
    }

    /// <summary>Puts another in the place of a kept message, and tells whoever watches. Call it inside <see cref="Update{T}"/> only.</summary>
    public void Replace(Chat chat, ChatMessage changed)
    {
        lock (_lock)
        {
            var messages = EntryOf(chat.Key).Messages;
            messages[messages.FindIndex(message => message.Seq == changed.Seq)] = changed;
            _store.Put(MessageKind, MessageKey(chat.Key, changed.Seq), new StoredMessage(chat.Key, changed));
            _feed.Changed(chat.Key, changed);
        }
    }

    /// <summary>A kept message by LINE's id; null when the chat has none.</summary>
    public ChatMessage? Find(ChatKey key, string messageId) => Find(key, message => message.Id == messageId);

    /// <summary>Whether a token quotes a message of this chat.</summary>
    public bool IsQuote(ChatKey key, string quoteToken) => Find(key, message => message.QuoteToken == quoteToken) is not null;

    /// <summary>The chat of an account, and the message in it, that a mark-as-read token stands for; null when it is none of this account's.</summary>
    public (ChatKey Key, long Seq)? FindByReadToken(BotId botId, string readToken)
    {
        lock (_lock)
        {
            foreach (var (key, entry) in _chats.Where(pair => pair.Key.BotId == botId))
            {
                if (entry.Messages.Find(message => message.ReadToken == readToken) is { } found)
                    return (key, found.Seq);
            }

            return null;
        }
    }

    /// <summary>Forgets all chats of an account, as LINE does when its data is erased.</summary>
    public void Forget(BotId botId)
    {
        lock (_lock)
        {
            foreach (var (key, entry) in _chats.Where(pair => pair.Key.BotId == botId).ToList())
            {
                _store.Delete(StateKind, key.ToString());
                foreach (var message in entry.Messages)
                    _store.Delete(MessageKind, MessageKey(key, message.Seq));
                _chats.Remove(key);
            }
        }
    }

    private ChatMessage? Find(ChatKey key, Predicate<ChatMessage> isMeant)
    {
        lock (_lock)
            return _chats.TryGetValue(key, out var entry) ? entry.Messages.Find(isMeant) : null;
    }

    private Entry EntryOf(ChatKey key)
    {
        if (!_chats.TryGetValue(key, out var entry))
            _chats[key] = entry = new Entry(ChatState.New(key));
        return entry;
    }

    private void Save(Entry entry, ChatState state)
    {
        if (entry.State == state)
            return;

        if (entry.State.Friendship != state.Friendship)
            _feed.Friend(state.Key, state.Friendship);
        if (entry.State.ReadSeq != state.ReadSeq)
            _feed.Read(state.Key, state.ReadSeq);
        entry.State = state;
        _store.Put(StateKind, state.Key.ToString(), state);
    }

    private static string MessageKey(ChatKey key, long seq) => $"{key}|{seq.ToString("D12", CultureInfo.InvariantCulture)}";

    private sealed class Entry(ChatState state)
    {
        public ChatState State { get; set; } = state;

        public List<ChatMessage> Messages { get; } = [];
    }

    private sealed record StoredMessage(ChatKey Key, ChatMessage Message);
}
