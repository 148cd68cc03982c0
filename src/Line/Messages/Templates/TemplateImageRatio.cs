using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>The shape of a template's picture. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<TemplateImageRatio>))]
public readonly record struct TemplateImageRatio(string Value) : IWord<TemplateImageRatio>
{
    /// <summary>1.51:1, LINE's default.</summary>
    public static readonly TemplateImageRatio Rectangle = new("rectangle");

    /// <summary>1:1.</summary>
    public static readonly TemplateImageRatio Square = new("square");

    static IReadOnlyList<string> IWord<TemplateImageRatio>.Published { get; } = ["rectangle", "square"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static TemplateImageRatio IWord<TemplateImageRatio>.Of(string value) => new(value);
}
