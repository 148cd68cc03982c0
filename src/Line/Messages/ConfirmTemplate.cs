using System.Text.Json;

namespace Line;

/// <summary>A question with two buttons.</summary>
/// <param name="Text">240 characters at most.</param>
/// <param name="Yes">The left button.</param>
/// <param name="No">The right button.</param>
public sealed record ConfirmTemplate(string Text, LineAction Yes, LineAction No) : MessageTemplate
{
    internal override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteString("type"u8, "confirm"u8);
        writer.WriteString("text"u8, Text);
        LineAction.WriteAll(writer, [Yes, No]);
    }
}
