using System.Text.Json;
using System.Text.Json.Serialization;

namespace Line.Json;

/// <summary>Addresses as LINE wants them: percent-encoded. One that is none is kept, for LINE or a check to refuse.</summary>
internal sealed class AddressConverter : JsonConverter<Uri>
{
    public override Uri Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Uri.TryCreate(reader.GetString(), UriKind.RelativeOrAbsolute, out var address)
            ? address
            : throw new JsonException("An address is a string.");

    public override void Write(Utf8JsonWriter writer, Uri value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.IsAbsoluteUri ? value.AbsoluteUri : value.OriginalString);
}
