using ModuleGateway.Store;

namespace ModuleGateway;

/// <summary>Bugs that tests plant to see that they are found. All off; no configuration reaches them, only a test that puts its own in place.</summary>
internal sealed class Mutants
{
    /// <summary>LINE's own ids go out to modules.</summary>
    public bool LeaveIdsUnmapped { get; init; }

    /// <summary>A reply token of an earlier epoch of its chat is taken.</summary>
    public bool NoEpochCheck { get; init; }

    /// <summary>Whether a hold has run out is asked of this clock, the process's own, and not of the store's; null: of the store's.</summary>
    public TimeProvider? ExpiryByLocalClock { get; init; }

    /// <summary>The embedded store commits without waiting for the disk.</summary>
    public bool NoFlush { get; init; }

    /// <summary>A move of control is told in one step of the store and written in a later one, which is handed to this; null: both in one.</summary>
    public Action<Action<IGatewayTransaction>>? NotifyBeforeCommit { get; init; }
}
