using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>Somebody edited a text message in a group; it keeps its message id.</summary>
public sealed class MessageEditedEvent : WebhookEvent
{
    internal MessageEditedEvent(JsonElement raw) : base(raw)
    {
        Message = MessageContent.Read(raw.Object("message") ?? default);
    }

    /// <summary>The message as it reads now.</summary>
    public MessageContent Message { get; }
}
