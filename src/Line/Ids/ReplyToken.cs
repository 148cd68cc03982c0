using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Line;

/// <summary>The right to answer one event once, within about a minute.</summary>
/// <remarks>A secret of the channel that was active in the chat: keep it out of logs. Source: LINE webhook.yml, ReplyEvent.replyToken.</remarks>
[JsonConverter(typeof(ParsableJsonConverter<ReplyToken>))]
public readonly record struct ReplyToken : IParsable<ReplyToken>
{
    private readonly string? _value;

    private ReplyToken(string value) => _value = value;

    /// <inheritdoc />
    public override string ToString() => _value ?? throw new InvalidOperationException("default(ReplyToken) names nothing.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ReplyToken result)
    {
        var valid = IdText.IsToken(s, 1024);
        result = valid ? new ReplyToken(s!) : default;
        return valid;
    }

    /// <summary>Reads the text form, or throws.</summary>
    /// <exception cref="FormatException">Not 1 to 1024 visible ASCII characters.</exception>
    public static ReplyToken Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A ReplyToken is 1 to 1024 visible ASCII characters.");
}
