using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Line;

/// <summary>A channel's id as LINE's console shows it: decimal digits, 1 to 20 of them.</summary>
[JsonConverter(typeof(JsonText))]
public readonly record struct ChannelId : IParsable<ChannelId>
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private readonly string? _value;

    private ChannelId(string value) => _value = value;

    /// <inheritdoc />
    public override string ToString() => _value ?? throw new InvalidOperationException("default(ChannelId) names no channel.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ChannelId result)
    {
        var valid = s is { Length: >= 1 and <= 20 } && !s.AsSpan().ContainsAnyExcept(Digits);
        result = valid ? new ChannelId(s!) : default;
        return valid;
    }

    /// <summary>Reads the digits, or throws.</summary>
    /// <exception cref="FormatException">Not 1 to 20 decimal digits.</exception>
    public static ChannelId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is no channel id: 1 to 20 digits are expected.");

    private sealed class JsonText : JsonConverter<ChannelId>
    {
        public override ChannelId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), null, out var id) ? id : throw new JsonException("A channel id is 1 to 20 digits.");

        public override void Write(Utf8JsonWriter writer, ChannelId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
