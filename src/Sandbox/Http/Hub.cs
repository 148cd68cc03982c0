using System.Threading.Channels;

namespace Sandbox.Http;

/// <summary>Hands what happens to whoever watches it now, by topic.</summary>
/// <remarks>Thread-safe. A watcher that falls <see cref="WaitingMax"/> items behind loses the oldest; nobody who publishes ever waits.</remarks>
internal sealed class Hub<TTopic, T>
    where TTopic : notnull
{
    public const int WaitingMax = 1000;
    private readonly Lock _lock = new();
    private readonly Dictionary<TTopic, List<Channel<T>>> _watchers = [];

    public void Publish(TTopic topic, T item)
    {
        lock (_lock)
        {
            foreach (var watcher in _watchers.GetValueOrDefault(topic) ?? [])
                watcher.Writer.TryWrite(item);
        }
    }

    /// <summary>Everything published from now on, until disposed.</summary>
    public Subscription Subscribe(TTopic topic)
    {
        var channel = System.Threading.Channels.Channel.CreateBounded<T>(new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            if (!_watchers.TryGetValue(topic, out var watchers))
                _watchers[topic] = watchers = [];
            watchers.Add(channel);
        }

        return new Subscription(this, topic, channel);
    }

    private void Remove(TTopic topic, Channel<T> channel)
    {
        lock (_lock)
        {
            if (_watchers.TryGetValue(topic, out var watchers) && watchers.Remove(channel) && watchers.Count == 0)
                _watchers.Remove(topic);
        }
    }

    /// <summary>One watcher's place.</summary>
    public sealed class Subscription(Hub<TTopic, T> hub, TTopic topic, Channel<T> channel) : IDisposable
    {
        public ChannelReader<T> Reader => channel.Reader;

        public void Dispose() => hub.Remove(topic, channel);
    }
}
