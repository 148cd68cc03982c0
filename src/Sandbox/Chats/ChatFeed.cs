using Sandbox.Http;

namespace Sandbox.Chats;

/// <summary>What a phone that shows a chat hears at once: messages, the typing indicator, friendship.</summary>
internal sealed class ChatFeed
{
    private readonly Hub<ChatKey, ChatNews> _hub = new();

    public Hub<ChatKey, ChatNews>.Subscription Subscribe(ChatKey key) => _hub.Subscribe(key);

    public void Message(ChatKey key, ChatMessage message) => _hub.Publish(key, new ChatNews("message", message, message.Seq));

    /// <summary>A message that was told before is another now: taken back, or edited.</summary>
    public void Changed(ChatKey key, ChatMessage message) => _hub.Publish(key, new ChatNews("changed", message));

    /// <summary>The account has read up to this message.</summary>
    public void Read(ChatKey key, long seq) => _hub.Publish(key, new ChatNews("read", new { seq }));

    /// <summary>Somebody became a friend of an account, or blocked it; or it came into a group, or left. Told inside the change of the chat: a listener must not wait.</summary>
    public event Action<ChatKey, Friendship>? FriendChanged;

    public void Friend(ChatKey key, Friendship friendship)
    {
        FriendChanged?.Invoke(key, friendship);
        _hub.Publish(key, new ChatNews("friend", new { friend = friendship }));
    }

    /// <summary>Another rich menu was given to this person.</summary>
    public void RichMenu(ChatKey key) => _hub.Publish(key, new ChatNews("richMenu", new { }));

    /// <summary>The account is about to answer: shown until then, or until its next message.</summary>
    public void Typing(ChatKey key, DateTimeOffset until, int seconds) => _hub.Publish(key, new ChatNews("typing", new { until, seconds }));
}
