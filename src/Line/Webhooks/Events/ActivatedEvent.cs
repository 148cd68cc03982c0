using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>This module acquired a chat and is active in it.</summary>
public sealed class ActivatedEvent : WebhookEvent
{
    internal ActivatedEvent(JsonElement raw) : base(raw)
    {
        ExpiresAt = raw.Object("chatControl")?.Instant("expireAt");
    }

    /// <summary>When the hold ends; null for a hold without a limit.</summary>
    public DateTimeOffset? ExpiresAt { get; }
}
