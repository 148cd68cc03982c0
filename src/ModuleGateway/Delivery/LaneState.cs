using ModuleGateway.Journal;

namespace ModuleGateway.Delivery;

/// <summary>A lane that is at work. It exists only while something is, or may be, owed in it.</summary>
internal sealed class LaneState(Lane lane, DeliveryTerm term)
{
    public Lane Lane { get; } = lane;

    /// <summary>When its term has ended the lane is another process's: nothing is sent in it here any more.</summary>
    public DeliveryTerm Term { get; } = term;

    /// <summary>Deliveries up to this id are done here, whether or not the store has recorded it yet.</summary>
    public long DoneId { get; set; }

    /// <summary>Deliveries up to this id were tried here: once more is a redelivery, whether or not the store has the outcome.</summary>
    public long TriedId { get; set; }

    /// <summary>Completes when every outcome is in the store. A lane rests only then: its successor would read what it owes from the store.</summary>
    public Task Recorded { get; set; } = Task.CompletedTask;

    /// <summary>Set when something was added while the lane was at work: it looks again before it rests.</summary>
    public bool HasMore { get; set; }

    /// <summary>Ends the wait for the next attempt; null while the lane does not wait.</summary>
    public ITimer? Waiting { get; set; }
}
