using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Line.Json;

/// <summary>Strings that people may have typed: half of a surrogate pair becomes U+FFFD and does not cost the answer.</summary>
internal sealed class LenientStringConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Text(ref reader) : throw new JsonException($"A string is expected, not {reader.TokenType}.");

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Text(ref reader);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

    private static string Text(ref Utf8JsonReader reader) => reader.ValueIsEscaped
        ? LenientText.Decode(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan, hasEscapes: true)
        : reader.GetString()!;
}
