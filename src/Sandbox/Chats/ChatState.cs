using Sandbox.Control;

namespace Sandbox.Chats;

/// <summary>All of a chat but its messages; immutable.</summary>
/// <param name="LastSeq">Number of the newest message; 0: none yet.</param>
/// <param name="LastWroteAt">When the person last wrote: a non-friend can be pushed to for 7 days after it.</param>
internal sealed record ChatState(ChatKey Key, Friendship Friendship, long LastSeq, DateTimeOffset? LastWroteAt, ChatControl Control)
{
    public static ChatState New(ChatKey key) => new(key, Friendship.None, 0, null, ChatControl.Default);
}
