using ModuleGateway.Journal;

namespace ModuleGateway.Delivery;

/// <summary>Where a lane stands while it is in memory.</summary>
internal enum LaneStanding : byte
{
    /// <summary>It waits for a turn.</summary>
    Ready,

    /// <summary>It has a turn, or its last outcomes are on their way into the store.</summary>
    AtWork,

    /// <summary>It waits for its time.</summary>
    Waiting,

    /// <summary>It is not in memory any more.</summary>
    Gone,
}

/// <summary>A lane in memory, or an event that stepped aside and travels alone. It is here only while something is, or may be, owed in it.</summary>
internal sealed class LaneState(Lane lane, LinkageLanes linkage)
{
    public Lane Lane { get; } = lane;

    public LinkageLanes Linkage { get; } = linkage;

    /// <summary>Deliveries that stepped aside together; null: a lane.</summary>
    public IReadOnlyList<long>? Aside { get; init; }

    /// <summary>Deliveries up to this id are done here, whether or not the store has recorded it yet.</summary>
    public long DoneId { get; set; }

    /// <summary>Deliveries up to this id were tried here: once more is a redelivery, whether or not the store has the outcome.</summary>
    public long TriedId { get; set; }

    /// <summary>Completes when every outcome is in the store. A lane leaves only then: its successor would read what it owes from the store.</summary>
    public Task Recorded { get; set; } = Task.CompletedTask;

    /// <summary>Set when something was added while the lane was at work: it looks again before it leaves.</summary>
    public bool HasMore { get; set; }

    public LaneStanding Standing { get; set; }

    /// <summary>Whether its next turn is no first attempt: it has failed, or it repeats what was delivered before.</summary>
    public bool IsAgain { get; set; }

    /// <summary>Whether its turn takes room of those that are no first attempts.</summary>
    public bool HasAgainRoom { get; set; }

    /// <summary>Turns since it came into memory.</summary>
    public int Turns { get; set; }

    /// <summary>Ends the wait for the next attempt; null while the lane does not wait.</summary>
    public ITimer? Timer { get; set; }
}
