namespace Line;

/// <summary>How an attempt to take a chat ended.</summary>
public enum AcquireOutcome
{
    /// <summary>This channel is active in the chat.</summary>
    Acquired = 1,

    /// <summary>404: the person is no friend, or the bot is not in that group or room.</summary>
    NotInChat,

    /// <summary>423: another channel took the chat a few seconds ago.</summary>
    JustTaken,
}
