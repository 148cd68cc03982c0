using System.Text.Json;

namespace Line.Webhooks;

/// <summary>The bot was removed from a group or room. Nothing can be sent there any more.</summary>
public sealed class LeaveEvent : WebhookEvent
{
    internal LeaveEvent(JsonElement raw) : base(raw)
    {
    }
}
