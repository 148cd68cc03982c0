using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Line;

/// <summary>What makes a webhook event unique: a redelivery and an accidental duplicate bear the same one.</summary>
/// <remarks>A ULID today (26 characters); any 1 to 64 visible ASCII characters are taken. Source: LINE webhook.yml, Event.webhookEventId.</remarks>
[JsonConverter(typeof(ParsableJsonConverter<WebhookEventId>))]
public readonly record struct WebhookEventId : IParsable<WebhookEventId>
{
    private readonly string? _value;

    private WebhookEventId(string value) => _value = value;

    /// <inheritdoc />
    public override string ToString() => _value ?? throw new InvalidOperationException("default(WebhookEventId) names nothing.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out WebhookEventId result)
    {
        var valid = IdText.IsToken(s, 64);
        result = valid ? new WebhookEventId(s!) : default;
        return valid;
    }

    /// <summary>Reads the text form, or throws.</summary>
    /// <exception cref="FormatException">Not 1 to 64 visible ASCII characters.</exception>
    public static WebhookEventId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A WebhookEventId is 1 to 64 visible ASCII characters.");
}
