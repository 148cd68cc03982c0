namespace Sandbox.Phone;

/// <summary>Why the phone cannot do what its person wants.</summary>
internal enum PersonRefusal
{
    /// <summary>No such person, group or account.</summary>
    Unknown,

    /// <summary>The account was never added, or is blocked, or is not in the group: there is no chat to write in.</summary>
    NotFriend,

    /// <summary>The account is suspended.</summary>
    Suspended,

    /// <summary>No such message of this person, or one that this cannot be done with.</summary>
    NoSuchMessage,

    /// <summary>LINE does not do this in a group, or only there.</summary>
    NotHere,

    /// <summary>A beacon says that somebody is still there every 10 seconds at most, and only of who came.</summary>
    TooSoon,
}
