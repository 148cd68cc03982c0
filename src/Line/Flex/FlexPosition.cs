using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>What offsets are measured from. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<FlexPosition>))]
public readonly record struct FlexPosition(string Value) : IWord<FlexPosition>
{
    /// <summary>From where the component would stand; LINE's default.</summary>
    public static readonly FlexPosition Relative = new("relative");

    /// <summary>From the edges of its parent.</summary>
    public static readonly FlexPosition Absolute = new("absolute");

    static IReadOnlyList<string> IWord<FlexPosition>.Published { get; } = ["relative", "absolute"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static FlexPosition IWord<FlexPosition>.Of(string value) => new(value);
}
