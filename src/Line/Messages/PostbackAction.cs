using System.Text.Json;

namespace Line;

/// <summary>Sends data back by webhook.</summary>
/// <param name="Label">What stands on the button.</param>
/// <param name="Data">300 characters at most.</param>
/// <param name="DisplayText">What the chat shows as said by the person; null shows nothing.</param>
public sealed record PostbackAction(string Label, string Data, string? DisplayText = null) : LineAction(Label)
{
    private protected override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteString("type"u8, "postback"u8);
        writer.WriteString("data"u8, Data);
        if (DisplayText is not null)
            writer.WriteString("displayText"u8, DisplayText);
    }
}
