using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>How a box puts its contents across its layout. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<FlexAlignItems>))]
public readonly record struct FlexAlignItems(string Value) : IWord<FlexAlignItems>
{
    /// <summary>At the start.</summary>
    public static readonly FlexAlignItems Start = new("flex-start");

    /// <summary>In the middle.</summary>
    public static readonly FlexAlignItems Center = new("center");

    /// <summary>At the end.</summary>
    public static readonly FlexAlignItems End = new("flex-end");

    static IReadOnlyList<string> IWord<FlexAlignItems>.Published { get; } = ["flex-start", "center", "flex-end"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static FlexAlignItems IWord<FlexAlignItems>.Of(string value) => new(value);
}
