namespace Line;

/// <summary>How far LINE is with a video or sound.</summary>
public enum ContentState
{
    /// <summary>A word that LINE added later.</summary>
    Unknown = 0,

    /// <summary>Being prepared: ask again.</summary>
    Processing,

    /// <summary>To be fetched.</summary>
    Ready,

    /// <summary>LINE gave up.</summary>
    Failed,
}
