using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>How a button looks. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<FlexButtonStyle>))]
public readonly record struct FlexButtonStyle(string Value) : IWord<FlexButtonStyle>
{
    /// <summary>Light letters on a dark button.</summary>
    public static readonly FlexButtonStyle Primary = new("primary");

    /// <summary>Dark letters on a light button.</summary>
    public static readonly FlexButtonStyle Secondary = new("secondary");

    /// <summary>Letters only; LINE's default.</summary>
    public static readonly FlexButtonStyle Link = new("link");

    static IReadOnlyList<string> IWord<FlexButtonStyle>.Published { get; } = ["primary", "secondary", "link"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static FlexButtonStyle IWord<FlexButtonStyle>.Of(string value) => new(value);
}
