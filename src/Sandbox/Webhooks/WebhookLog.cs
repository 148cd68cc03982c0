using Line;

namespace Sandbox.Webhooks;

/// <summary>The newest attempts, for the console. In memory.</summary>
internal sealed class WebhookLog
{
    public const int KeptMax = 2000;
    private readonly Lock _lock = new();
    private readonly Queue<WebhookAttempt> _attempts = [];
    private long _lastId;

    public void Add(WebhookAttempt attempt)
    {
        lock (_lock)
        {
            _attempts.Enqueue(attempt with { Id = ++_lastId });
            if (_attempts.Count > KeptMax)
                _attempts.Dequeue();
        }
    }

    /// <summary>The newest attempts, newest first.</summary>
    public IReadOnlyList<WebhookAttempt> Newest(ChannelId? channelId, BotId? botId, int limit)
    {
        lock (_lock)
            return [.. _attempts.Reverse().Where(attempt => (channelId is null || attempt.ChannelId == channelId) && (botId is null || attempt.BotId == botId)).Take(limit)];
    }
}
