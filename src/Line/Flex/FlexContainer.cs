using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Line.Json;
using Line.Validation;

namespace Line;

/// <summary>What a <see cref="FlexMessage"/> shows: a bubble, or some side by side.</summary>
[JsonConverter(typeof(KindConverter<FlexContainer>))]
public abstract record FlexContainer : IKind<FlexContainer>, IChecked
{
    private protected FlexContainer()
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

    JsonElement? IKind<FlexContainer>.Raw => (this as RawFlexContainer)?.Json;

    /// <summary>Reads a bubble or carousel from LINE's JSON, as the Flex Message Simulator gives it.</summary>
    /// <exception cref="JsonException">No JSON object, or a property of another kind than LINE publishes.</exception>
    public static FlexContainer Parse(string json) =>
        JsonSerializer.Deserialize(json, LineJson.Default.FlexContainer) ?? throw new JsonException("A Flex container is a JSON object.");

    /// <summary>LINE's JSON.</summary>
    public string ToJson() => LineJson.Text(this, LineJson.Default.FlexContainer);

    static JsonTypeInfo? IKind<FlexContainer>.InfoOf(string? type) => type switch
    {
        "bubble" => LineJson.Default.FlexBubble,
        "carousel" => LineJson.Default.FlexCarousel,
        _ => null,
    };

    static FlexContainer IKind<FlexContainer>.Keep(JsonElement json) => new RawFlexContainer(json);

    void IChecked.Check(FaultFinder faults) => CheckOwn(faults);

    private protected abstract void CheckOwn(FaultFinder faults);
}
