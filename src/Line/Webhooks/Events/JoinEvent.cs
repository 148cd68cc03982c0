using System.Text.Json;

namespace Line.Webhooks;

/// <summary>The bot was invited to a group, or saw a room's first event.</summary>
public sealed class JoinEvent : WebhookEvent
{
    internal JoinEvent(JsonElement raw) : base(raw)
    {
    }
}
