namespace LiveDesk;

/// <summary>Whether an Official Account can be served.</summary>
internal enum AccountState
{
    /// <summary>Yes.</summary>
    Attached = 0,

    /// <summary>Not now: the account itself is suspended.</summary>
    Suspended = 1,

    /// <summary>No longer: this module was detached. What was said is kept.</summary>
    Detached = 2,
}
