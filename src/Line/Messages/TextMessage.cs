using System.Text.Json;

namespace Line;

/// <summary>A text.</summary>
/// <param name="Text">1 to 5000 UTF-16 units.</param>
public sealed record TextMessage(string Text) : LineMessage
{
    /// <summary>Quotes a message of the same chat.</summary>
    public string? QuoteToken { get; init; }

    private protected override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, Text);
        if (QuoteToken is not null)
            writer.WriteString("quoteToken"u8, QuoteToken);
    }
}
