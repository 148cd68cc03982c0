using System.Text.Json;

namespace Line.Webhooks;

/// <summary>The Official Account is back.</summary>
public sealed class BotResumedEvent : WebhookEvent
{
    internal BotResumedEvent(JsonElement raw) : base(raw)
    {
    }
}
