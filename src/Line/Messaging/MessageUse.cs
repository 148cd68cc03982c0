namespace Line;

/// <summary>The ways to send.</summary>
public enum MessageUse
{
    /// <summary>Answers an event.</summary>
    Reply = 1,

    /// <summary>To one chat.</summary>
    Push,

    /// <summary>To named people.</summary>
    Multicast,

    /// <summary>To people of some kind.</summary>
    Narrowcast,

    /// <summary>To all friends.</summary>
    Broadcast,
}
