using System.Text.Json;

namespace Line;

/// <summary>One of the buttons under the chat.</summary>
/// <param name="Action">What it does; its label is what it says.</param>
/// <param name="ImageUrl">A small picture beside the label, https.</param>
public sealed record QuickReplyItem(LineAction Action, Uri? ImageUrl = null)
{
    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "action"u8);
        if (ImageUrl is not null)
            writer.WriteString("imageUrl"u8, ImageUrl.AbsoluteUri);

        writer.WritePropertyName("action"u8);
        Action.WriteTo(writer);
        writer.WriteEndObject();
    }
}
