using Line;
using Sandbox.Http;

namespace Sandbox.Phone;

/// <summary>What passed at this platform lately, per account, for the phone's side panel.</summary>
/// <remarks>Thread-safe. In memory: the newest <see cref="KeptMax"/> entries of each account.</remarks>
internal sealed class Timeline
{
    public const int KeptMax = 200;
    private readonly Lock _lock = new();
    private readonly Dictionary<BotId, Queue<TimelineEntry>> _kept = [];
    private readonly Hub<BotId, TimelineEntry> _hub = new();
    private long _lastId;

    /// <summary>Adds an entry; its id is given here.</summary>
    public void Add(TimelineEntry entry)
    {
        lock (_lock)
        {
            var numbered = entry with { Id = ++_lastId };
            if (!_kept.TryGetValue(entry.BotId, out var kept))
                _kept[entry.BotId] = kept = new Queue<TimelineEntry>();
            kept.Enqueue(numbered);
            if (kept.Count > KeptMax)
                kept.Dequeue();
            _hub.Publish(entry.BotId, numbered);
        }
    }

    /// <summary>The kept entries after <paramref name="after"/>, and a subscription to all that follow them, without a gap or an overlap.</summary>
    public (IReadOnlyList<TimelineEntry> Kept, Hub<BotId, TimelineEntry>.Subscription Live) Watch(BotId botId, long after)
    {
        lock (_lock)
            return ([.. (_kept.GetValueOrDefault(botId) ?? []).Where(entry => entry.Id > after)], _hub.Subscribe(botId));
    }
}
