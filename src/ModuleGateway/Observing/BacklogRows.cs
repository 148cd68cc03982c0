using Line;
using Tenancy;

namespace ModuleGateway.Observing;

/// <summary>What one linkage is owed: all of it, whatever it waits for (its turn, a time, a circuit, a module that is down).</summary>
/// <param name="OldestId">The oldest delivery.</param>
/// <param name="OldestAt">When its event was received.</param>
/// <param name="Owed">Counted up to a bound.</param>
/// <param name="Aside">What stepped aside and waits for tries of its own, counted likewise. It is not lag: its chat has gone on without it.</param>
internal sealed record Backlog(LinkageId Linkage, BotId Bot, ModuleId Module, long OldestId, DateTimeOffset OldestAt, long Owed, long Aside);

/// <summary>What has not been delivered, by the index of what is owed. Replays are no part of it.</summary>
/// <remarks>That index is in the order of chats, so the oldest of a linkage is found by passing over all that it is owed: some 0.1 s for a million.</remarks>
internal interface IBacklogRows
{
    /// <param name="linkage">Whose.</param>
    /// <param name="knownOldest">The oldest as of the last look: while it is still owed nothing older can be, and it costs one seek; 0: not known.</param>
    /// <param name="countMax">Counting ends here.</param>
    /// <returns>Null when nothing is owed.</returns>
    Backlog? Of(LinkageId linkage, long knownOldest, int countMax);

    /// <summary>When the oldest event came that waits to be routed; null: none waits.</summary>
    DateTimeOffset? OldestUnrouted();

    /// <summary>How many events wait to be routed, by account, of the first so many that wait.</summary>
    IReadOnlyDictionary<BotId, long> Unrouted(int countMax);

    /// <summary>Writes something, to see whether the store keeps it.</summary>
    void Probe();
}
