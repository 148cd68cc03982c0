namespace Line;

/// <summary>Whom a bot talks with in a chat.</summary>
public enum ChatKind
{
    /// <summary>One person.</summary>
    User = 1,

    /// <summary>A group.</summary>
    Group = 2,

    /// <summary>A multi-person chat of the old kind.</summary>
    Room = 3,
}
