using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>Somebody sent a message.</summary>
public sealed class MessageEvent : WebhookEvent
{
    internal MessageEvent(JsonElement raw) : base(raw)
    {
        Message = MessageContent.Read(raw.Object("message") ?? default);
    }

    /// <summary>What was sent.</summary>
    public MessageContent Message { get; }
}
