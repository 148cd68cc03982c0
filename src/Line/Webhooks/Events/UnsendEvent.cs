using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>Somebody took a message back: LINE asks to erase it from screens and storage.</summary>
public sealed class UnsendEvent : WebhookEvent
{
    internal UnsendEvent(JsonElement raw) : base(raw)
    {
        MessageId = raw.Object("unsend")?.Id<MessageId>("messageId");
    }

    /// <summary>The message to erase.</summary>
    public MessageId? MessageId { get; }
}
