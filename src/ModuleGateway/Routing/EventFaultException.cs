namespace ModuleGateway.Routing;

/// <summary>One event could not be routed.</summary>
internal sealed class EventFaultException(long seq, Exception inner) : Exception($"Event {seq} could not be routed.", inner)
{
    public long Seq { get; } = seq;
}
