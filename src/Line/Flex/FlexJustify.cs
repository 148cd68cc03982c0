using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>How a box spreads its contents along its layout. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<FlexJustify>))]
public readonly record struct FlexJustify(string Value) : IWord<FlexJustify>
{
    /// <summary>Together at the start.</summary>
    public static readonly FlexJustify Start = new("flex-start");

    /// <summary>Together in the middle.</summary>
    public static readonly FlexJustify Center = new("center");

    /// <summary>Together at the end.</summary>
    public static readonly FlexJustify End = new("flex-end");

    /// <summary>Evenly, the first and the last at the edges.</summary>
    public static readonly FlexJustify SpaceBetween = new("space-between");

    /// <summary>Evenly, half a space at the edges.</summary>
    public static readonly FlexJustify SpaceAround = new("space-around");

    /// <summary>Evenly, a whole space at the edges.</summary>
    public static readonly FlexJustify SpaceEvenly = new("space-evenly");

    static IReadOnlyList<string> IWord<FlexJustify>.Published { get; } = ["flex-start", "center", "flex-end", "space-between", "space-around", "space-evenly"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static FlexJustify IWord<FlexJustify>.Of(string value) => new(value);
}
