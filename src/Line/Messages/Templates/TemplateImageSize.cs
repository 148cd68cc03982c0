using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>How a picture fills its frame. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<TemplateImageSize>))]
public readonly record struct TemplateImageSize(string Value) : IWord<TemplateImageSize>
{
    /// <summary>All of the frame; what does not fit is cut off. LINE's default.</summary>
    public static readonly TemplateImageSize Cover = new("cover");

    /// <summary>All of the picture; the rest of the frame is background.</summary>
    public static readonly TemplateImageSize Contain = new("contain");

    static IReadOnlyList<string> IWord<TemplateImageSize>.Published { get; } = ["cover", "contain"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static TemplateImageSize IWord<TemplateImageSize>.Of(string value) => new(value);
}
