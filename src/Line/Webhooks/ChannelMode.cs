namespace Line.Webhooks;

/// <summary>Whether the channel that received an event may answer in its chat.</summary>
/// <remarks>Module-only events (attached, activated, ...) always say active; never derive control from theirs.</remarks>
public enum ChannelMode
{
    /// <summary>Absent, or a word that LINE added later: treat it as standby.</summary>
    Unknown = 0,

    /// <summary>This channel holds the chat.</summary>
    Active = 1,

    /// <summary>Another channel holds the chat: listen, do not speak.</summary>
    Standby = 2,
}
