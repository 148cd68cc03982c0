using System.Text.Json;

namespace Line;

/// <summary>Opens an address.</summary>
/// <param name="Label">What stands on the button.</param>
/// <param name="Address">http, https, line or tel; 1000 characters at most.</param>
public sealed record UriAction(string Label, Uri Address) : LineAction(Label)
{
    private protected override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteString("type"u8, "uri"u8);
        writer.WriteString("uri"u8, Address.AbsoluteUri);
    }
}
