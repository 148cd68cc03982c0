using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Line.Json;
using Line.Validation;

namespace Line;

/// <summary>A message to send. <see cref="LineLimits"/> checks it against LINE's limits; the clients do so before they send.</summary>
/// <remarks>Reads from LINE's JSON as well as it writes it. A kind that this version does not know is a <see cref="RawMessage"/>.</remarks>
[JsonConverter(typeof(KindConverter<LineMessage>))]
public abstract record LineMessage : IKind<LineMessage>, IChecked
{
    private protected LineMessage()
    {
    }

    /// <summary>The kind's name on the wire.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => Kind;

    private protected abstract string Kind { get; }

    /// <summary>Buttons under the chat, shown while this is the last message.</summary>
    [JsonPropertyOrder(1)]
    public QuickReply? QuickReply { get; init; }

    /// <summary>A name and picture in place of the account's own.</summary>
    [JsonPropertyOrder(2)]
    public MessageSender? Sender { get; init; }

    /// <summary>Properties that this version does not know: kept when read, sent as they are.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }

    JsonElement? IKind<LineMessage>.Raw => (this as RawMessage)?.Json;

    /// <summary>Reads a message from LINE's JSON.</summary>
    /// <exception cref="JsonException">No JSON object, or a property of another kind than LINE publishes.</exception>
    public static LineMessage Parse(string json) => JsonSerializer.Deserialize(json, LineJson.Default.LineMessage) ?? throw new JsonException("A message is a JSON object.");

    /// <summary>The message as LINE's JSON.</summary>
    public string ToJson() => LineJson.Text(this, LineJson.Default.LineMessage);

    static JsonTypeInfo? IKind<LineMessage>.InfoOf(string? type) => type switch
    {
        "text" => LineJson.Default.TextMessage,
        "textV2" => LineJson.Default.TextMessageV2,
        "sticker" => LineJson.Default.StickerMessage,
        "image" => LineJson.Default.ImageMessage,
        "video" => LineJson.Default.VideoMessage,
        "audio" => LineJson.Default.AudioMessage,
        "location" => LineJson.Default.LocationMessage,
        "imagemap" => LineJson.Default.ImagemapMessage,
        "template" => LineJson.Default.TemplateMessage,
        "flex" => LineJson.Default.FlexMessage,
        "coupon" => LineJson.Default.CouponMessage,
        _ => null,
    };

    static LineMessage IKind<LineMessage>.Keep(JsonElement json) => new RawMessage(json);

    void IChecked.Check(FaultFinder faults)
    {
        CheckOwn(faults);
        faults.Part("quickReply", QuickReply, isRequired: false);
        faults.Part("sender", Sender, isRequired: false);
    }

    private protected abstract void CheckOwn(FaultFinder faults);
}
