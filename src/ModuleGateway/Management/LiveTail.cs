using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Line;
using ModuleGateway.Control;
using ModuleGateway.Delivery;
using ModuleGateway.Linkages;
using ModuleGateway.Routing;
using ModuleGateway.Store;

namespace ModuleGateway.Management;

/// <summary>One thing that passed, for whoever watches.</summary>
internal sealed record TailEntry(
    DateTimeOffset At, string Kind, string? ChatId, string? WebhookEventId, string? EventType, string? Module, string? Mode, long? Epoch, int? Status, int? Millis, string Text, JsonNode? Body)
{
    /// <summary>Who is active, for an event that was routed: a module's name, or null for LINE's own channel.</summary>
    public string? Active { get; init; }

    /// <summary>Why: see <see cref="ActiveBecause"/>.</summary>
    public string? Because { get; init; }

    /// <summary>A call's method.</summary>
    public string? Method { get; init; }

    /// <summary>A call's path, with ids as the module writes them.</summary>
    public string? Path { get; init; }
}

/// <summary>Shows what passes while it passes. Nothing is kept; without a watcher nothing is made.</summary>
/// <remarks>Bodies are people's messages: only development opens this door.</remarks>
internal sealed class LiveTail(StoreClock clock)
{
    private const int EntriesPerWatcherMax = 500; // A slow watcher loses the oldest, never holds up a delivery.

    private readonly ConcurrentDictionary<Guid, (BotId Bot, Channel<TailEntry> Entries)> _watchers = new();

    public async IAsyncEnumerable<TailEntry> WatchAsync(BotId bot, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var key = Guid.NewGuid();
        var entries = Channel.CreateBounded<TailEntry>(new BoundedChannelOptions(EntriesPerWatcherMax) { FullMode = BoundedChannelFullMode.DropOldest });
        _watchers[key] = (bot, entries);
        try
        {
            await foreach (var entry in entries.Reader.ReadAllAsync(cancellationToken))
                yield return entry;
        }
        finally
        {
            _watchers.TryRemove(key, out _);
        }
    }

    public void Delivered(LinkedModule to, IReadOnlyList<Owed> batch, Attempt attempt, byte[] body)
    {
        if (!IsWatched(to.Row.Bot))
            return;

        foreach (var (delivery, @event) in batch)
        {
            var mode = delivery.IsActive ? "active" : "standby";
            Publish(to.Row.Bot, new TailEntry(
                clock.GetUtcNow(), "delivered", delivery.Chat is { } chat ? ChatText(chat) : null, @event.WebhookEventId, @event.Type, to.Module.Name, mode, delivery.Epoch,
                attempt.Status, attempt.Millis, $"{@event.Type} → {to.Module.Name} ({mode})", JsonNode.Parse(body)));
        }
    }

    /// <summary>An event found its place: who is active in its chat, and why.</summary>
    public void Routed(RoutedInChat routed, string? active)
    {
        var bot = routed.Chat.Bot;
        if (!IsWatched(bot))
            return;

        var because = JsonNamingPolicy.CamelCase.ConvertName(routed.Active.Because.ToString());
        Publish(bot, new TailEntry(
            clock.GetUtcNow(), "routed", ChatText(routed.Chat), routed.WebhookEventId, routed.Type, null, null, routed.Active.Epoch, null, null, $"{active ?? "LINE's own channel"} ({because})", null)
        {
            Active = active,
            Because = because,
        });
    }

    public void Called(LinkedModule by, string method, string path, ChatKey? chat, int status, int millis, ReadOnlySpan<byte> body)
    {
        if (!IsWatched(by.Row.Bot))
            return;

        Publish(by.Row.Bot, new TailEntry(
            clock.GetUtcNow(), "call", chat is { } key ? ChatText(key) : null, null, null, by.Module.Name, null, null, status, millis, $"{by.Module.Name}: {method} {path} → {status}", TryParse(body))
        {
            Method = method,
            Path = path,
        });
    }

    public void Received(BotId bot, int events, string types)
    {
        if (IsWatched(bot))
            Publish(bot, new TailEntry(clock.GetUtcNow(), "received", null, null, types, null, null, null, 200, null, $"{events} event(s) received: {types}", null));
    }

    private static string ChatText(ChatKey chat) => new Linkages.UpstreamId(chat.Kind, chat.Id, null).ToText(chat.Bot);

    private static JsonNode? TryParse(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
            return null;
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(body); // Shown as it came.
        }
    }

    private bool IsWatched(BotId bot)
    {
        foreach (var watcher in _watchers)
        {
            if (watcher.Value.Bot == bot)
                return true;
        }

        return false;
    }

    private void Publish(BotId bot, TailEntry entry)
    {
        foreach (var watcher in _watchers)
        {
            if (watcher.Value.Bot == bot)
                watcher.Value.Entries.Writer.TryWrite(entry);
        }
    }
}
