using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Line.Json;
using Line.Validation;

namespace Line;

/// <summary>What is behind a <see cref="FlexBox"/>.</summary>
[JsonConverter(typeof(KindConverter<FlexBackground>))]
public abstract record FlexBackground : IKind<FlexBackground>, IChecked
{
    private protected FlexBackground()
    {
    }

    /// <summary>The kind's name on the wire.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => Kind;

    private protected abstract string Kind { get; }

    JsonElement? IKind<FlexBackground>.Raw => (this as RawFlexBackground)?.Json;

    static JsonTypeInfo? IKind<FlexBackground>.InfoOf(string? type) => type == "linearGradient" ? LineJson.Default.FlexLinearGradient : null;

    static FlexBackground IKind<FlexBackground>.Keep(JsonElement json) => new RawFlexBackground(json);

    void IChecked.Check(FaultFinder faults) => CheckOwn(faults);

    private protected virtual void CheckOwn(FaultFinder faults)
    {
    }
}
