using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Line.Json;
using Line.Validation;

namespace Line;

/// <summary>A part of a bubble.</summary>
[JsonConverter(typeof(KindConverter<FlexComponent>))]
public abstract record FlexComponent : IKind<FlexComponent>, IChecked
{
    private protected FlexComponent()
    {
    }

    /// <summary>The kind's name on the wire.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => Kind;

    private protected abstract string Kind { get; }

    /// <summary>Properties that this version does not know: kept when read, sent as they are.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }

    /// <summary>How many pictures move.</summary>
    internal virtual int Animated => 0;

    JsonElement? IKind<FlexComponent>.Raw => (this as RawFlexComponent)?.Json;

    static JsonTypeInfo? IKind<FlexComponent>.InfoOf(string? type) => type switch
    {
        "box" => LineJson.Default.FlexBox,
        "button" => LineJson.Default.FlexButton,
        "image" => LineJson.Default.FlexImage,
        "video" => LineJson.Default.FlexVideo,
        "icon" => LineJson.Default.FlexIcon,
        "text" => LineJson.Default.FlexText,
        "span" => LineJson.Default.FlexSpan,
        "separator" => LineJson.Default.FlexSeparator,
        "filler" => LineJson.Default.FlexFiller,
        _ => null,
    };

    static FlexComponent IKind<FlexComponent>.Keep(JsonElement json) => new RawFlexComponent(json);

    void IChecked.Check(FaultFinder faults) => CheckOwn(faults);

    private protected abstract void CheckOwn(FaultFinder faults);
}
