namespace Line.Webhooks;

/// <summary>Where an event happened.</summary>
public enum SourceKind
{
    /// <summary>The event has no source: it concerns the whole Official Account.</summary>
    None = 0,

    /// <summary>A one-to-one chat.</summary>
    User,

    /// <summary>A group.</summary>
    Group,

    /// <summary>A multi-person chat of the old kind.</summary>
    Room,

    /// <summary>A kind that this version does not know.</summary>
    Other,
}
