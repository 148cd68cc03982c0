using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>What happens to letters that do not fit. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<FlexAdjustMode>))]
public readonly record struct FlexAdjustMode(string Value) : IWord<FlexAdjustMode>
{
    /// <summary>They become smaller until they fit.</summary>
    public static readonly FlexAdjustMode ShrinkToFit = new("shrink-to-fit");

    static IReadOnlyList<string> IWord<FlexAdjustMode>.Published { get; } = ["shrink-to-fit"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static FlexAdjustMode IWord<FlexAdjustMode>.Of(string value) => new(value);
}
