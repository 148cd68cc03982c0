using System.Text.Json;
using System.Text.Json.Serialization;

namespace Line.Json;

/// <summary>An instant as whole seconds since 1970 UTC.</summary>
internal sealed class UnixSecondsConverter : JsonConverter<DateTimeOffset>
{
    private static readonly long Min = DateTimeOffset.MinValue.ToUnixTimeSeconds(), Max = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var seconds) && seconds >= Min && seconds <= Max
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new JsonException("Seconds since 1970 are expected.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteNumberValue(value.ToUnixTimeSeconds());
}
