using Sandbox.Control;

namespace Sandbox.Chats;

/// <summary>All of a chat but its messages; immutable.</summary>
/// <param name="Friendship">Of a group or room: friend while the account is in it, none otherwise.</param>
/// <param name="LastSeq">Number of the newest message; 0: none yet.</param>
/// <param name="LastWroteAt">When the person last wrote: a non-friend can be pushed to for 7 days after it.</param>
/// <param name="ReadSeq">Up to which message the account has marked the chat as read; 0: nothing.</param>
internal sealed record ChatState(ChatKey Key, Friendship Friendship, long LastSeq, DateTimeOffset? LastWroteAt, ChatControl Control, long ReadSeq = 0)
{
    public static ChatState New(ChatKey key) => new(key, Friendship.None, 0, null, ChatControl.Default);
}
