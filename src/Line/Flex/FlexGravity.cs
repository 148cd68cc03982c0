using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>Where a component stands from top to bottom. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<FlexGravity>))]
public readonly record struct FlexGravity(string Value) : IWord<FlexGravity>
{
    /// <summary>At the top.</summary>
    public static readonly FlexGravity Top = new("top");

    /// <summary>In the middle.</summary>
    public static readonly FlexGravity Center = new("center");

    /// <summary>At the bottom.</summary>
    public static readonly FlexGravity Bottom = new("bottom");

    static IReadOnlyList<string> IWord<FlexGravity>.Published { get; } = ["top", "center", "bottom"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static FlexGravity IWord<FlexGravity>.Of(string value) => new(value);
}
