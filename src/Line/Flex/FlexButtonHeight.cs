using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>How high a button is. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<FlexButtonHeight>))]
public readonly record struct FlexButtonHeight(string Value) : IWord<FlexButtonHeight>
{
    /// <summary>LINE's default.</summary>
    public static readonly FlexButtonHeight Medium = new("md");

    /// <summary>Lower.</summary>
    public static readonly FlexButtonHeight Small = new("sm");

    static IReadOnlyList<string> IWord<FlexButtonHeight>.Published { get; } = ["md", "sm"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static FlexButtonHeight IWord<FlexButtonHeight>.Of(string value) => new(value);
}
