using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Line;

/// <summary>A LINE user as one channel sees them: the same person has another id for another channel.</summary>
/// <remarks>An ordinary channel sees "U" + 32 hex digits; a module channel sees 68 characters, "LU" + 32 hex + "-U" + 32 hex, different for each Official Account. The shape is no contract: any 1 to 128 letters, digits or hyphens are taken, compared ordinally.</remarks>
[JsonConverter(typeof(ParsableJsonConverter<UserId>))]
public readonly record struct UserId : IParsable<UserId>
{
    private readonly string? _value;

    private UserId(string value) => _value = value;

    /// <inheritdoc />
    public override string ToString() => _value ?? throw new InvalidOperationException("default(UserId) names nothing.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out UserId result)
    {
        var valid = IdText.IsId(s);
        result = valid ? new UserId(s!) : default;
        return valid;
    }

    /// <summary>Reads the text form, or throws.</summary>
    /// <exception cref="FormatException">Not 1 to 128 letters, digits or hyphens.</exception>
    public static UserId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A UserId is 1 to 128 letters, digits or hyphens.");
}
