namespace Sandbox.Groups;

/// <summary>Why somebody cannot come into a group or go.</summary>
internal enum GroupRefusal
{
    /// <summary>No such group, account or member.</summary>
    Unknown,

    /// <summary>The account does not let itself be invited into groups, or is suspended.</summary>
    NotInvitable,

    /// <summary>Another account is in it already.</summary>
    OneAccountOnly,

    /// <summary>It has as many members as a group may have.</summary>
    Full,
}
