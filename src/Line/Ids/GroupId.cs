using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Line;

/// <summary>A LINE group that a bot is a member of.</summary>
/// <remarks>LINE's own are "C" + 32 hex digits; any 1 to 128 letters, digits or hyphens are taken, compared ordinally.</remarks>
[JsonConverter(typeof(ParsableJsonConverter<GroupId>))]
public readonly record struct GroupId : IParsable<GroupId>
{
    private readonly string? _value;

    private GroupId(string value) => _value = value;

    /// <inheritdoc />
    public override string ToString() => _value ?? throw new InvalidOperationException("default(GroupId) names nothing.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out GroupId result)
    {
        var valid = IdText.IsId(s);
        result = valid ? new GroupId(s!) : default;
        return valid;
    }

    /// <summary>Reads the text form, or throws.</summary>
    /// <exception cref="FormatException">Not 1 to 128 letters, digits or hyphens.</exception>
    public static GroupId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A GroupId is 1 to 128 letters, digits or hyphens.");
}
