using System.Text.Json;

namespace Line;

/// <summary>A card with buttons.</summary>
/// <param name="AltText">Stands for it in notifications and where cards cannot be shown: 1 to 1500 characters.</param>
/// <param name="Template">The card.</param>
public sealed record TemplateMessage(string AltText, MessageTemplate Template) : LineMessage
{
    private protected override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteString("type"u8, "template"u8);
        writer.WriteString("altText"u8, AltText);
        writer.WriteStartObject("template"u8);
        Template.WriteProperties(writer);
        writer.WriteEndObject();
    }
}
