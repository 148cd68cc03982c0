namespace Sandbox.Groups;

/// <summary>What several people can be in together with an Official Account.</summary>
internal enum GroupKind
{
    /// <summary>A group with a name.</summary>
    Group,

    /// <summary>A chat of several people without a name. LINE's apps make none any more, but those that exist go on.</summary>
    Room,
}
