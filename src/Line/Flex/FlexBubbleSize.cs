using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>How wide a bubble is. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<FlexBubbleSize>))]
public readonly record struct FlexBubbleSize(string Value) : IWord<FlexBubbleSize>
{
    /// <summary>The narrowest.</summary>
    public static readonly FlexBubbleSize Nano = new("nano");

    /// <summary>Narrow.</summary>
    public static readonly FlexBubbleSize Micro = new("micro");

    /// <summary>Between micro and hecto.</summary>
    public static readonly FlexBubbleSize Deca = new("deca");

    /// <summary>Between deca and kilo.</summary>
    public static readonly FlexBubbleSize Hecto = new("hecto");

    /// <summary>A little narrower than mega.</summary>
    public static readonly FlexBubbleSize Kilo = new("kilo");

    /// <summary>LINE's default.</summary>
    public static readonly FlexBubbleSize Mega = new("mega");

    /// <summary>The widest.</summary>
    public static readonly FlexBubbleSize Giga = new("giga");

    static IReadOnlyList<string> IWord<FlexBubbleSize>.Published { get; } = ["nano", "micro", "deca", "hecto", "kilo", "mega", "giga"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static FlexBubbleSize IWord<FlexBubbleSize>.Of(string value) => new(value);
}
