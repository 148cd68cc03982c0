using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>A line through or under letters. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<FlexDecoration>))]
public readonly record struct FlexDecoration(string Value) : IWord<FlexDecoration>
{
    /// <summary>No line; LINE's default.</summary>
    public static readonly FlexDecoration None = new("none");

    /// <summary>Under them.</summary>
    public static readonly FlexDecoration Underline = new("underline");

    /// <summary>Through them.</summary>
    public static readonly FlexDecoration LineThrough = new("line-through");

    static IReadOnlyList<string> IWord<FlexDecoration>.Published { get; } = ["none", "underline", "line-through"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static FlexDecoration IWord<FlexDecoration>.Of(string value) => new(value);
}
