using Line;

namespace Sandbox.Api;

/// <summary>The newest calls, for the console. In memory.</summary>
internal sealed class ApiLog
{
    public const int KeptMax = 2000;
    private readonly Lock _lock = new();
    private readonly Queue<ApiLogEntry> _entries = [];
    private long _lastId;

    public void Add(ApiLogEntry entry)
    {
        lock (_lock)
        {
            _entries.Enqueue(entry with { Id = ++_lastId });
            if (_entries.Count > KeptMax)
                _entries.Dequeue();
        }
    }

    /// <summary>The newest calls, newest first.</summary>
    public IReadOnlyList<ApiLogEntry> Newest(ChannelId? channelId, BotId? botId, int limit)
    {
        lock (_lock)
            return [.. _entries.Reverse().Where(entry => (channelId is null || entry.ChannelId == channelId) && (botId is null || entry.BotId == botId)).Take(limit)];
    }
}
