using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>Where a component stands from side to side. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<FlexAlign>))]
public readonly record struct FlexAlign(string Value) : IWord<FlexAlign>
{
    /// <summary>Where reading starts.</summary>
    public static readonly FlexAlign Start = new("start");

    /// <summary>In the middle.</summary>
    public static readonly FlexAlign Center = new("center");

    /// <summary>Where reading ends.</summary>
    public static readonly FlexAlign End = new("end");

    static IReadOnlyList<string> IWord<FlexAlign>.Published { get; } = ["start", "center", "end"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static FlexAlign IWord<FlexAlign>.Of(string value) => new(value);
}
