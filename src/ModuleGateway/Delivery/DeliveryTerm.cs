using ModuleGateway.Store;

namespace ModuleGateway.Delivery;

/// <summary>The time in which this process is the one that delivers.</summary>
/// <param name="LastIdBefore">Deliveries up to this id may have been tried by whoever delivered before.</param>
internal sealed record DeliveryTerm(StoreRole Role, long LastIdBefore, CancellationToken Ended)
{
    /// <summary>Who has the next turn in it.</summary>
    public required LaneScheduler Lanes { get; init; }

    /// <summary>How often somebody has asked for a look everywhere that is not over.</summary>
    public int LooksAsked;

    public bool IsRunning => !Ended.IsCancellationRequested && Role.IsHeld;
}
