namespace Sandbox.Chats;

/// <summary>One chat while the book's lock is held; never kept outside <see cref="ChatBook.Update{T}"/>.</summary>
internal sealed class Chat(ChatState state)
{
    public ChatState State { get; set; } = state;

    public ChatKey Key => State.Key;

    /// <summary>Whether what the account sends now is seen: by a friend, in a group that it is in, and for 7 days by somebody who wrote.</summary>
    public bool IsReachable(DateTimeOffset now) => State.Friendship switch
    {
        Friendship.Friend => true,
        Friendship.None => !Key.IsGroup && now - State.LastWroteAt <= TimeSpan.FromDays(7),
        _ => false,
    };
}
