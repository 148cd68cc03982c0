using System.Text.Json;

namespace Line;

/// <summary>Buttons under the chat.</summary>
/// <param name="Items">1 to 13.</param>
public sealed record QuickReply(IReadOnlyList<QuickReplyItem> Items)
{
    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("quickReply"u8);
        writer.WriteStartArray("items"u8);
        foreach (var item in Items)
            item.WriteTo(writer);

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
