using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Line;

/// <summary>A multi-person chat of the kind that LINE no longer lets people make, but still serves.</summary>
/// <remarks>LINE's own are "R" + 32 hex digits; any 1 to 128 letters, digits or hyphens are taken, compared ordinally.</remarks>
[JsonConverter(typeof(ParsableJsonConverter<RoomId>))]
public readonly record struct RoomId : IParsable<RoomId>
{
    private readonly string? _value;

    private RoomId(string value) => _value = value;

    /// <inheritdoc />
    public override string ToString() => _value ?? throw new InvalidOperationException("default(RoomId) names nothing.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RoomId result)
    {
        var valid = IdText.IsId(s);
        result = valid ? new RoomId(s!) : default;
        return valid;
    }

    /// <summary>Reads the text form, or throws.</summary>
    /// <exception cref="FormatException">Not 1 to 128 letters, digits or hyphens.</exception>
    public static RoomId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A RoomId is 1 to 128 letters, digits or hyphens.");
}
