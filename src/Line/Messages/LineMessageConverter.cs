using System.Text.Json;
using System.Text.Json.Serialization;

namespace Line;

/// <summary>Messages as LINE's JSON; read back as <see cref="RawMessage"/>.</summary>
internal sealed class LineMessageConverter : JsonConverter<LineMessage>
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(LineMessage));

    public override LineMessage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        return new RawMessage(json.RootElement.Clone());
    }

    public override void Write(Utf8JsonWriter writer, LineMessage value, JsonSerializerOptions options) => value.WriteTo(writer);
}
