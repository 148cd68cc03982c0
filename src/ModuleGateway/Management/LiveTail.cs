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
using Tenancy;

namespace ModuleGateway.Management;

/// <summary>One thing that passed, for whoever watches.</summary>
internal sealed record TailEntry(
    DateTimeOffset At, string Kind, string? ChatId, string? WebhookEventId, string? EventType, string? Module, string? Mode, long? Epoch, int? Status, int? Millis, string Text, JsonNode? Body)
{
    /// <summary>Who is active, for an event that was routed: a module's name, or null for LINE's own channel.</summary>
    public string? Active { get; init; }

    /// <summary>Why: see <see cref="ActiveBecause"/>.</summary>
    public string? Because { get; init; }

    /// <summary>Of a change of hands: who was active until then; null for LINE's own channel.</summary>
    public string? Lost { get; init; }

    /// <summary>Of a change of hands: a hold ran out.</summary>
    public bool? IsExpiry { get; init; }

    /// <summary>Of a change of hands: when the new hold ends by itself.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What LINE says of the chat: <c>active</c>, <c>standby</c> or <c>unknown</c>.</summary>
    public string? LineSide { get; init; }

    /// <summary>Whether the module's copy bears a reply token of ours.</summary>
    public bool? HasReplyToken { get; init; }

    /// <summary>The chat's id as the module sees it.</summary>
    public string? SeenAs { get; init; }

    /// <summary>Why a call was refused, in the words of the answer.</summary>
    public string? Refusal { get; init; }

    /// <summary>A call's method.</summary>
    public string? Method { get; init; }

    /// <summary>A call's path, with ids as the module writes them.</summary>
    public string? Path { get; init; }
}

/// <summary>Shows what passes while it passes. Nothing is kept; without a watcher nothing is made.</summary>
/// <remarks>Bodies are people's messages: only development opens this door.</remarks>
internal sealed class LiveTail(StoreClock clock)
{
    private const string Line = "LINE's own channel";
    private const int EntriesPerWatcherMax = 500; // A slow watcher loses the oldest, never holds up a delivery.

    private readonly ConcurrentDictionary<Guid, (BotId Bot, Channel<TailEntry> Entries)> _watchers = new();

    /// <summary>LINE's text of chats whose key is only a digest of it, as an account's own channel has them. Of bots that are watched; gone when nobody watches.</summary>
    private readonly ConcurrentDictionary<ChatKey, string> _oddTexts = new();

    /// <summary>Everything of this bot from now on, until the watch is disposed of.</summary>
    public Watch Open(BotId bot)
    {
        var watch = new Watch(this, Guid.NewGuid(), Channel.CreateBounded<TailEntry>(new BoundedChannelOptions(EntriesPerWatcherMax) { FullMode = BoundedChannelFullMode.DropOldest }));
        _watchers[watch.Key] = (bot, watch.Entries);
        return watch;
    }

    public void Delivered(LinkedModule to, IReadOnlyList<Owed> batch, Attempt attempt, byte[] body)
    {
        if (!IsWatched(to.Row.Bot))
            return;

        var copies = JsonNode.Parse(body)!["events"]!.AsArray();
        for (var i = 0; i < batch.Count; i++)
        {
            var (delivery, @event) = batch[i];
            var copy = copies[i]!;
            var mode = (string?)copy["mode"] ?? (delivery.IsActive ? "active" : "standby");
            var source = copy["source"];
            Publish(to.Row.Bot, new TailEntry(
                clock.GetUtcNow(), "delivered", delivery.Chat is { } chat ? ChatText(chat) : null, @event.WebhookEventId, @event.Type, to.Module.Name, mode, delivery.Epoch,
                attempt.Status, attempt.Millis, $"{@event.Type} → {to.Module.Name} ({mode})", copy.DeepClone())
            {
                HasReplyToken = copy["replyToken"] is not null,
                SeenAs = (string?)(source?["groupId"] ?? source?["roomId"] ?? source?["userId"]),
            });
        }
    }

    /// <summary>An event found its place: who is active in its chat, and why.</summary>
    public void Routed(RoutedInChat routed, string? active)
    {
        var bot = routed.Chat.Bot;
        if (!IsWatched(bot))
            return;

        Learn(routed.Chat, routed.Id);
        var because = Word(routed.Active.Because);
        Publish(bot, new TailEntry(
            clock.GetUtcNow(), "routed", ChatText(routed.Chat), routed.WebhookEventId, routed.Type, null, null, routed.Active.Epoch, null, null, $"{active ?? Line} ({because})", null)
        {
            Active = active,
            Because = because,
            LineSide = Word(routed.LineSide),
        });
    }

    /// <summary>Control changed hands, once it is seen to have been kept.</summary>
    /// <param name="name">A linkage's module by name.</param>
    public void Moved(ControlMove move, Func<LinkageId, string?> name)
    {
        if (!IsWatched(move.Bot))
            return;

        string? Called(LinkageId? linkage) => linkage is { } id ? name(id) : null;
        var (active, lost, because) = (Called(move.Gained.Linkage), Called(move.Lost), Word(move.Gained.Because));
        Publish(move.Bot, new TailEntry(
            move.At, "moved", move.Chat is { } chat ? ChatText(chat) : null, null, null, null, null, move.Epoch, null, null, $"{lost ?? Line} → {active ?? Line} ({(move.IsExpiry ? "expired" : because)})", null)
        {
            Active = active,
            Lost = lost,
            Because = because,
            IsExpiry = move.IsExpiry,
            Until = move.Until,
        });
    }

    public void Called(LinkedModule by, string method, string path, ChatKey? chat, int status, int millis, ReadOnlySpan<byte> body, ReadOnlySpan<byte> answer)
    {
        if (!IsWatched(by.Row.Bot))
            return;

        Publish(by.Row.Bot, new TailEntry(
            clock.GetUtcNow(), "call", chat is { } key ? ChatText(key) : null, null, null, by.Module.Name, null, null, status, millis, $"{by.Module.Name}: {method} {path} → {status}", TryParse(body))
        {
            Method = method,
            Path = path,
            Refusal = status >= 400 ? (string?)(TryParse(answer) as JsonObject)?["message"] : null,
        });
    }

    public void Received(BotId bot, int events, string types)
    {
        if (IsWatched(bot))
            Publish(bot, new TailEntry(clock.GetUtcNow(), "received", null, null, types, null, null, null, 200, null, $"{events} event(s) received: {types}", null));
    }

    /// <summary>Hears how LINE writes a chat that is told of next.</summary>
    public void Learn(ChatKey chat, UpstreamId? id)
    {
        if (id is { OddText: { } text } && IsWatched(chat.Bot))
            _oddTexts[chat] = text;
    }

    private string ChatText(ChatKey chat) => new UpstreamId(chat.Kind, chat.Id, _oddTexts.GetValueOrDefault(chat)).ToText(chat.Bot);

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

    private static string Word<TEnum>(TEnum value) where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public bool IsWatched(BotId bot)
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

    internal sealed class Watch(LiveTail tail, Guid key, Channel<TailEntry> entries) : IDisposable
    {
        public Guid Key { get; } = key;

        public Channel<TailEntry> Entries { get; } = entries;

        public void Dispose()
        {
            tail._watchers.TryRemove(Key, out _);
            if (tail._watchers.IsEmpty)
                tail._oddTexts.Clear();
        }
    }
}
