using System.Text.Json;

namespace Line.Webhooks;

/// <summary>The Official Account is suspended: stop working for it, keep its data.</summary>
public sealed class BotSuspendedEvent : WebhookEvent
{
    internal BotSuspendedEvent(JsonElement raw) : base(raw)
    {
    }
}
