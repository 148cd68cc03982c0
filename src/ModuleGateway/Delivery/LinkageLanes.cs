using ModuleGateway.Journal;
using Tenancy;

namespace ModuleGateway.Delivery;

/// <summary>What is to be read of a linkage.</summary>
/// <param name="Live">Lanes of what comes in, behind <see cref="LinkageLanes.Cursor"/>.</param>
/// <param name="Replay">Lanes of a replay.</param>
/// <param name="Aside">What stepped aside.</param>
/// <param name="Bury">All of it becomes dead letters.</param>
internal readonly record struct LinkageLoad(bool Live, bool Replay, bool Aside, bool Bury);

/// <summary>A linkage that is owed something: a window of its lanes. The store has the others.</summary>
/// <remarks>Guarded by the scheduler's lock.</remarks>
internal sealed class LinkageLanes(LinkageId id, ModuleLanes module)
{
    public LinkageId Id { get; } = id;

    public ModuleLanes Module { get; } = module;

    public Dictionary<Lane, LaneState> Lanes { get; } = [];

    /// <summary>How many of them repeat what a replay asked for.</summary>
    public int ReplayLanes { get; set; }

    public int LiveLanes => Lanes.Count - ReplayLanes;

    /// <summary>Lanes whose next turn is a first attempt, in the order of their turns.</summary>
    public Queue<LaneState> First { get; } = new();

    /// <summary>Whether it has its place among those of its module with a first attempt to make, or keeps it until its turn comes.</summary>
    public bool IsInFirstRing { get; set; }

    /// <summary>The others.</summary>
    public Queue<LaneState> Again { get; } = new();

    /// <summary>There may be lanes in the store that are not in memory.</summary>
    public bool HasMore { get; set; }

    /// <summary>Likewise, of replays.</summary>
    public bool HasMoreReplays { get; set; }

    /// <summary>The last lane that was loaded: the next ones come after it, and after the last the first. So each has its turn, however many there are.</summary>
    public Lane? Cursor { get; set; }

    /// <summary>What is being read now; null: nothing.</summary>
    public LinkageLoad? Load { get; set; }

    /// <summary>Whether it stands among those of its module that want to be read.</summary>
    public bool IsHungry { get; set; }

    /// <summary>Something stepped aside and may be due, or nobody has looked yet.</summary>
    public bool AsideIsDue { get; set; }

    /// <summary>Whether something stands aside, due or not.</summary>
    public bool HasAside { get; set; }

    /// <summary>Of those that stepped aside: at work, or waiting for a turn.</summary>
    public int AsidesInMemory { get; set; }

    /// <summary>Fires when the next of those that stepped aside is due.</summary>
    public ITimer? AsideTimer { get; set; }

    /// <summary>Fires when a look at the store that failed may be made again.</summary>
    public ITimer? LoadTimer { get; set; }

    public bool IsIdle => Lanes.Count == 0 && !IsInFirstRing && !HasMore && !HasMoreReplays && Load is null && !AsideIsDue && !HasAside && AsidesInMemory == 0;
}
