using System.Text.Json;

namespace Line.Webhooks;

/// <summary>This module lost a chat to another channel's acquire, or released it. A hold that ran out is not told by LINE.</summary>
public sealed class DeactivatedEvent : WebhookEvent
{
    internal DeactivatedEvent(JsonElement raw) : base(raw)
    {
    }
}
