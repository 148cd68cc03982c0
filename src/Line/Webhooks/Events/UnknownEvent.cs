using System.Text.Json;

namespace Line.Webhooks;

/// <summary>An event of a type that this version does not know; everything is in <see cref="WebhookEvent.Raw"/>.</summary>
public sealed class UnknownEvent : WebhookEvent
{
    internal UnknownEvent(JsonElement raw) : base(raw)
    {
    }
}
