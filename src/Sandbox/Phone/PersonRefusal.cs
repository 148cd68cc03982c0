namespace Sandbox.Phone;

/// <summary>Why the phone cannot do what its person wants.</summary>
internal enum PersonRefusal
{
    /// <summary>No such person or account.</summary>
    Unknown,

    /// <summary>The account was never added, or is blocked: there is no chat to write in.</summary>
    NotFriend,

    /// <summary>The account is suspended.</summary>
    Suspended,
}
