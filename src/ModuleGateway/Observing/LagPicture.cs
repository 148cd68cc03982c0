using Line;
using Tenancy;

namespace ModuleGateway.Observing;

/// <summary>What was undelivered at one look.</summary>
/// <param name="At">When it was looked at.</param>
/// <param name="OldestUnrouted">When the oldest event came that waits to be routed; null: none waits.</param>
/// <param name="Longest">The linkages that wait longest, the first one first; some, not all.</param>
/// <param name="ByModule">Every module that is owed something.</param>
/// <param name="Owed">What all are owed.</param>
/// <param name="Oldest">The oldest of it all, unrouted events included; null: nothing waits.</param>
/// <param name="RaisedAt">Since when something waits longer than the bound; null: nothing does.</param>
internal sealed record LagPicture(
    DateTimeOffset At, DateTimeOffset? OldestUnrouted, IReadOnlyList<Backlog> Longest, IReadOnlyDictionary<ModuleId, ModuleBacklog> ByModule, long Owed, DateTimeOffset? Oldest, DateTimeOffset? RaisedAt)
{
    /// <summary>What each account has undelivered: what its linkages are owed or stands aside, and what waits to be routed.</summary>
    public IReadOnlyDictionary<BotId, long> UndeliveredByAccount { get; init; } = new Dictionary<BotId, long>();

    public static LagPicture Empty { get; } = new(DateTimeOffset.MinValue, null, [], new Dictionary<ModuleId, ModuleBacklog>(), 0, null, null);

    public TimeSpan Lag => Oldest is { } oldest ? At - oldest : TimeSpan.Zero;

    /// <summary>Accounts among the longest, each with what its linkages wait for.</summary>
    public IEnumerable<(BotId Bot, DateTimeOffset OldestAt, long Owed)> ByAccount =>
        Longest.GroupBy(one => one.Bot).Select(group => (group.Key, group.Min(one => one.OldestAt), group.Sum(one => one.Owed))).OrderBy(one => one.Item2);
}

/// <summary>What a module is owed on all its accounts.</summary>
internal sealed record ModuleBacklog(DateTimeOffset OldestAt, long Owed, long Aside);
