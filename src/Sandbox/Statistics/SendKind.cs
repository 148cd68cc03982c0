namespace Sandbox.Statistics;

/// <summary>By which call messages were sent.</summary>
internal enum SendKind
{
    Reply,
    Push,
    Multicast,
    Broadcast,
    Narrowcast,
    TemplatedPnp,
}
