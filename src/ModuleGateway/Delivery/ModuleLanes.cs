using Tenancy;

namespace ModuleGateway.Delivery;

/// <summary>One module's room, and its linkages in the order of their turns.</summary>
/// <remarks>Guarded by the scheduler's lock.</remarks>
internal sealed class ModuleLanes(ModuleId id)
{
    public ModuleId Id { get; } = id;

    public HashSet<LinkageLanes> Linkages { get; } = [];

    /// <summary>Linkages with a first attempt to make that had none a moment ago: each has one turn before <see cref="First"/>, and then its place there.</summary>
    public Queue<LinkageLanes> Fresh { get; } = new();

    /// <summary>Linkages with a first attempt to make: each has one turn, then the next. One that has none left goes when its turn comes.</summary>
    public Queue<LinkageLanes> First { get; } = new();

    /// <summary>Lanes of all of them whose next turn is a first attempt.</summary>
    public int FirstReady { get; set; }

    /// <summary>Linkages with another attempt to make.</summary>
    public Queue<LinkageLanes> Again { get; } = new();

    /// <summary>Linkages that want lanes from the store.</summary>
    public Queue<LinkageLanes> Hungry { get; } = new();

    public int Lanes { get; set; }

    public int InFlight { get; set; }

    /// <summary>Of those in flight: no first attempts.</summary>
    public int AgainInFlight { get; set; }

    /// <summary>Whether the last turn was no first attempt: with both waiting they take turns.</summary>
    public bool LastWasAgain { get; set; }

    public Circuit Circuit { get; set; }

    /// <summary>It asked to be left alone for a while.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Turns that it may still be given, while it recovers; null: as many as it has room for.</summary>
    public int? Quota { get; set; }

    public bool IsInDealRing { get; set; }

    public bool IsInLoadRing { get; set; }

    /// <summary>Its place among those that have turns to take and no room for them; null: it is none of them.</summary>
    public LinkedListNode<ModuleLanes>? Parked { get; set; }
}
