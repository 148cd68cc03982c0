namespace Sandbox.Modules;

/// <summary>How an attach ended.</summary>
internal enum AttachOutcome
{
    /// <summary>A new linkage.</summary>
    Attached,

    /// <summary>The channel was attached already; its permissions are now the new ones.</summary>
    ScopesReplaced,

    /// <summary>Refused: another Default Active channel is attached to this account.</summary>
    AnotherDefaultActive,
}
