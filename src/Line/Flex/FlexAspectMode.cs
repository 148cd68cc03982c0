using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>What happens to a picture of another shape than its frame. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<FlexAspectMode>))]
public readonly record struct FlexAspectMode(string Value) : IWord<FlexAspectMode>
{
    /// <summary>It fills the frame; what does not fit is cut off.</summary>
    public static readonly FlexAspectMode Cover = new("cover");

    /// <summary>It is shown whole; LINE's default.</summary>
    public static readonly FlexAspectMode Fit = new("fit");

    static IReadOnlyList<string> IWord<FlexAspectMode>.Published { get; } = ["cover", "fit"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static FlexAspectMode IWord<FlexAspectMode>.Of(string value) => new(value);
}
