using System.Text.Json;
using System.Text.Json.Serialization;

namespace Line.Json;

/// <summary>A time span as a whole number of milliseconds.</summary>
internal sealed class MillisecondsConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var ms) && ms is >= 0 and <= int.MaxValue
            ? TimeSpan.FromMilliseconds(ms)
            : throw new JsonException("A number of milliseconds is expected.");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue((long)value.TotalMilliseconds);
}
