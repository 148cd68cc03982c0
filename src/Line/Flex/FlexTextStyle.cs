using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>How letters stand. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<FlexTextStyle>))]
public readonly record struct FlexTextStyle(string Value) : IWord<FlexTextStyle>
{
    /// <summary>Upright; LINE's default.</summary>
    public static readonly FlexTextStyle Normal = new("normal");

    /// <summary>Slanted.</summary>
    public static readonly FlexTextStyle Italic = new("italic");

    static IReadOnlyList<string> IWord<FlexTextStyle>.Published { get; } = ["normal", "italic"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static FlexTextStyle IWord<FlexTextStyle>.Of(string value) => new(value);
}
