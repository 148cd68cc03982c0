using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>Which way a bubble reads. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<FlexDirection>))]
public readonly record struct FlexDirection(string Value) : IWord<FlexDirection>
{
    /// <summary>From left to right; LINE's default.</summary>
    public static readonly FlexDirection LeftToRight = new("ltr");

    /// <summary>From right to left.</summary>
    public static readonly FlexDirection RightToLeft = new("rtl");

    static IReadOnlyList<string> IWord<FlexDirection>.Published { get; } = ["ltr", "rtl"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static FlexDirection IWord<FlexDirection>.Of(string value) => new(value);
}
