using System.Text.Json;
using System.Text.Json.Serialization;

namespace Line;

/// <summary>A message to send. LINE checks limits (texts of 5000 UTF-16 units, 13 quick replies, ...) and names the property that breaks one.</summary>
[JsonConverter(typeof(LineMessageConverter))]
public abstract record LineMessage
{
    private protected LineMessage()
    {
    }

    /// <summary>Buttons under the chat, shown while this is the last message.</summary>
    public QuickReply? QuickReply { get; init; }

    /// <summary>A name and picture in place of the account's own.</summary>
    public MessageSender? Sender { get; init; }

    /// <summary>Writes the message's own properties, <c>type</c> first, into an open object.</summary>
    private protected abstract void WriteProperties(Utf8JsonWriter writer);

    internal virtual void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteProperties(writer);
        QuickReply?.WriteTo(writer);
        Sender?.WriteTo(writer);
        writer.WriteEndObject();
    }
}
