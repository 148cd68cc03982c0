using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Line.Json;

/// <summary>A day as eight digits, <c>yyyyMMdd</c>.</summary>
internal sealed class CompactDateConverter : JsonConverter<DateOnly>
{
    private const string Form = "yyyyMMdd";

    public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && DateOnly.TryParseExact(reader.GetString(), Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new JsonException($"A day as {Form} is expected.");

    public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString(Form, CultureInfo.InvariantCulture));
}
