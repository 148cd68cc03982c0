using System.Text.Json.Nodes;
using Line;

namespace Sandbox.Webhooks;

/// <summary>One event owed to one channel.</summary>
/// <param name="Peer">The chat it belongs to, whose order is kept; null: the whole account.</param>
/// <param name="ChatId">The same chat as the receiver names it.</param>
/// <param name="ReplyToken">The token it carries; null for a copy on standby and for events without one.</param>
/// <param name="Event">The event as JSON; <c>deliveryContext</c> is written anew for each attempt.</param>
internal sealed record WebhookDelivery(
    ChannelId Receiver, BotId BotId, string? Peer, string? ChatId, string EventType, string WebhookEventId, string Mode, string? ReplyToken, JsonObject Event);
