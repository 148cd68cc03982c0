namespace Sandbox.Control;

/// <summary>What a push from a channel on standby gets; LINE documents neither.</summary>
public enum StandbyPush
{
    /// <summary>It is delivered.</summary>
    Allow,

    /// <summary>It is refused with 403.</summary>
    Reject403,
}
