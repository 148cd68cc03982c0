using System.Text.Json;

namespace Line;

/// <summary>Who a message seems to be from, within the account.</summary>
/// <param name="Name">20 characters at most.</param>
/// <param name="IconUrl">https, PNG, square, 1 MB at most.</param>
public sealed record MessageSender(string? Name, Uri? IconUrl = null)
{
    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("sender"u8);
        if (Name is not null)
            writer.WriteString("name"u8, Name);

        if (IconUrl is not null)
            writer.WriteString("iconUrl"u8, IconUrl.AbsoluteUri);

        writer.WriteEndObject();
    }
}
