using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Line;

/// <summary>A message's id, decimal digits too long for a double: always text.</summary>
/// <remarks>Source: LINE webhook.yml, MessageContent.id.</remarks>
[JsonConverter(typeof(ParsableJsonConverter<MessageId>))]
public readonly record struct MessageId : IParsable<MessageId>
{
    private readonly string? _value;

    private MessageId(string value) => _value = value;

    /// <inheritdoc />
    public override string ToString() => _value ?? throw new InvalidOperationException("default(MessageId) names nothing.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MessageId result)
    {
        var valid = IdText.IsToken(s, 64);
        result = valid ? new MessageId(s!) : default;
        return valid;
    }

    /// <summary>Reads the text form, or throws.</summary>
    /// <exception cref="FormatException">Not 1 to 64 visible ASCII characters.</exception>
    public static MessageId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A MessageId is 1 to 64 visible ASCII characters.");
}
