using System.Text.Json;

namespace Line;

/// <summary>Sends a text as if the person had written it.</summary>
/// <param name="Label">What stands on the button.</param>
/// <param name="Text">300 characters at most.</param>
public sealed record MessageAction(string Label, string Text) : LineAction(Label)
{
    private protected override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteString("type"u8, "message"u8);
        writer.WriteString("text"u8, Text);
    }
}
