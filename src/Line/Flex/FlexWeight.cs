using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>How heavy letters are. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<FlexWeight>))]
public readonly record struct FlexWeight(string Value) : IWord<FlexWeight>
{
    /// <summary>Ordinary; LINE's default.</summary>
    public static readonly FlexWeight Regular = new("regular");

    /// <summary>Bold.</summary>
    public static readonly FlexWeight Bold = new("bold");

    static IReadOnlyList<string> IWord<FlexWeight>.Published { get; } = ["regular", "bold"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static FlexWeight IWord<FlexWeight>.Of(string value) => new(value);
}
