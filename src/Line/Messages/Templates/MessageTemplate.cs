using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Line.Json;
using Line.Validation;

namespace Line;

/// <summary>The card of a <see cref="TemplateMessage"/>.</summary>
[JsonConverter(typeof(KindConverter<MessageTemplate>))]
public abstract record MessageTemplate : IKind<MessageTemplate>, IChecked
{
    private protected MessageTemplate()
    {
    }

    /// <summary>The kind's name on the wire.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => Kind;

    private protected abstract string Kind { get; }

    /// <summary>Properties that this version does not know: kept when read, sent as they are.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }

    JsonElement? IKind<MessageTemplate>.Raw => (this as RawTemplate)?.Json;

    static JsonTypeInfo? IKind<MessageTemplate>.InfoOf(string? type) => type switch
    {
        "buttons" => LineJson.Default.ButtonsTemplate,
        "confirm" => LineJson.Default.ConfirmTemplate,
        "carousel" => LineJson.Default.CarouselTemplate,
        "image_carousel" => LineJson.Default.ImageCarouselTemplate,
        _ => null,
    };

    static MessageTemplate IKind<MessageTemplate>.Keep(JsonElement json) => new RawTemplate(json);

    void IChecked.Check(FaultFinder faults) => CheckOwn(faults);

    private protected abstract void CheckOwn(FaultFinder faults);
}
