using ModuleGateway.Journal;

namespace ModuleGateway.Delivery;

/// <summary>Deliveries that stepped aside together: events of one request and one chat.</summary>
internal sealed record Aside(Lane Lane, IReadOnlyList<long> Ids);
