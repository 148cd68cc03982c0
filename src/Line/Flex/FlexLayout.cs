using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>How a box puts its contents. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<FlexLayout>))]
public readonly record struct FlexLayout(string Value) : IWord<FlexLayout>
{
    /// <summary>Side by side.</summary>
    public static readonly FlexLayout Horizontal = new("horizontal");

    /// <summary>One under another.</summary>
    public static readonly FlexLayout Vertical = new("vertical");

    /// <summary>Side by side on one line of writing: texts, icons, fillers.</summary>
    public static readonly FlexLayout Baseline = new("baseline");

    static IReadOnlyList<string> IWord<FlexLayout>.Published { get; } = ["horizontal", "vertical", "baseline"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static FlexLayout IWord<FlexLayout>.Of(string value) => new(value);
}
