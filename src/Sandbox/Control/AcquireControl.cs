using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Api;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Webhooks;

namespace Sandbox.Control;

/// <summary><c>POST /v2/bot/chat/{chatId}/control/acquire</c>: the calling module becomes active in the chat, for a time or without end.</summary>
internal sealed class AcquireControl(ChatTarget targets, ChatBook chats, ActiveChannels active, EventPublisher events, ControlMoves moves, TimeProvider clock)
{
    private const int TtlDefault = 3600;
    private const int TtlMax = 31_536_000; // 365 days.

    public LineAnswer Handle(ApiCall call)
    {
        if (call.Channel.Kind != ChannelKind.Module)
            return LineErrors.NotAvailable;

        var (unreadable, ttl) = ReadTtl(call.Body);
        if (unreadable is not null)
            return unreadable;

        var (unknown, key) = targets.Find(call);
        return unknown ?? chats.Update(key, chat => Acquire(chat, call.Channel, ttl));
    }

    private LineAnswer Acquire(Chat chat, Channel caller, TimeSpan? ttl)
    {
        if (chat.State.Friendship != Friendship.Friend)
            return LineErrors.NotFound;

        var now = clock.GetUtcNow();
        var control = active.Settled(chat.State, now);
        if (control.IsContested(caller.Id, now))
            return LineErrors.Locked;

        var before = active.Of(chat.State, now);
        var expiresAt = now + ttl;
        chat.State = chat.State with { Control = ChatControl.Acquired(caller.Id, expiresAt, now) };
        if (before is { Kind: ChannelKind.Module } loser && loser.Id != caller.Id)
            events.ToModule(loser, chat.Key.BotId, chat.Key, "deactivated", [], now);

        // Without a time limit LINE's documentation gives no expireAt; the property is then left out.
        var chatControl = new JsonObject();
        if (expiresAt is { } end)
            chatControl["expireAt"] = end.ToUnixTimeMilliseconds();
        events.ToModule(caller, chat.Key.BotId, chat.Key, "activated", new JsonObject { ["chatControl"] = chatControl }, now);
        moves.Record(chat.Key, caller, expiresAt, "Acquired", now);
        return LineAnswer.Empty;
    }

    private static (LineAnswer? Refusal, TimeSpan? Ttl) ReadTtl(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Undefined)
            return (null, TimeSpan.FromSeconds(TtlDefault));

        var expires = true;
        if (body.TryGetProperty("expired", out var expired))
        {
            if (expired.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                return (LineErrors.InvalidProperty("expired"), null);
            expires = expired.GetBoolean();
        }

        if (!expires)
            return (null, null); // LINE: ttl is then ignored.
        if (!body.TryGetProperty("ttl", out var ttl))
            return (null, TimeSpan.FromSeconds(TtlDefault));
        return ttl.ValueKind == JsonValueKind.Number && ttl.TryGetInt32(out var seconds) && seconds is >= 1 and <= TtlMax
            ? (null, TimeSpan.FromSeconds(seconds))
            : (LineErrors.InvalidProperty("ttl"), null);
    }
}
