using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Line;

/// <summary>Bot user ID of one LINE Official Account: the tenant key of every webhook and API call.</summary>
/// <remarks>
/// "U" + 32 lower-case hex digits, held as its 128 bits, so that reading one from a webhook allocates nothing.
/// All zeros is <c>default</c> and names no bot. Source: LINE webhook.yml, CallbackRequest.destination.
/// </remarks>
[JsonConverter(typeof(JsonText))]
public readonly record struct BotId : ISpanParsable<BotId>, IUtf8SpanParsable<BotId>
{
    /// <summary>Characters of the text form.</summary>
    public const int Length = 33;

    private readonly UInt128 _bits;

    private BotId(UInt128 bits) => _bits = bits;

    /// <summary>True for <c>default</c>, which names no bot and has no text.</summary>
    public bool IsDefault => _bits == UInt128.Zero;

    /// <summary>The 128 bits behind the "U".</summary>
    public UInt128 Bits => _bits;

    /// <summary>The bot with these bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">All bits are zero.</exception>
    public static BotId FromBits(UInt128 bits) =>
        bits == UInt128.Zero ? throw new ArgumentOutOfRangeException(nameof(bits), "All zeros names no bot.") : new BotId(bits);

    /// <inheritdoc />
    public override string ToString() =>
        IsDefault ? throw new InvalidOperationException("default(BotId) names no bot.") : Hex128.ToText('U', _bits);

    /// <summary>Writes the 33 bytes of the text form; false when <paramref name="destination"/> is shorter.</summary>
    public bool TryFormat(Span<byte> destination) => !IsDefault && Hex128.TryFormat((byte)'U', _bits, destination);

    /// <summary>Reads the text form from UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out BotId id)
    {
        var valid = Hex128.TryParse((byte)'U', utf8, out var bits) && bits != UInt128.Zero;
        id = valid ? new BotId(bits) : default;
        return valid;
    }

    /// <summary>Reads the text form.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out BotId id)
    {
        var valid = Hex128.TryParse('U', text, out var bits) && bits != UInt128.Zero;
        id = valid ? new BotId(bits) : default;
        return valid;
    }

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BotId result) => TryParse(s.AsSpan(), out result);

    /// <inheritdoc />
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out BotId result) => TryParse(s, out result);

    /// <inheritdoc />
    public static bool TryParse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider, out BotId result) => TryParse(utf8Text, out result);

    /// <summary>Reads the text form, or throws.</summary>
    /// <exception cref="FormatException">Not "U" and 32 lower-case hex digits.</exception>
    public static BotId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s.AsSpan(), out var id) ? id : throw new FormatException($"'{s}' is no Bot ID: U and 32 lower-case hex digits are expected.");

    /// <inheritdoc />
    public static BotId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString(), provider);

    /// <inheritdoc />
    public static BotId Parse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider) =>
        TryParse(utf8Text, out var id) ? id : throw new FormatException("These bytes are no Bot ID: U and 32 lower-case hex digits are expected.");

    private sealed class JsonText : JsonConverter<BotId>
    {
        public override BotId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryParse(reader.GetString().AsSpan(), out var id) ? id : throw new JsonException("A Bot ID is U and 32 lower-case hex digits.");

        public override void Write(Utf8JsonWriter writer, BotId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
