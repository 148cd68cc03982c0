using System.Globalization;
using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>A length in a Flex message: one of LINE's words, pixels or a percentage. Which words a property takes, LINE's reference says.</summary>
/// <param name="Value">As LINE writes it, like <c>md</c>, <c>20px</c> or <c>50%</c>.</param>
[JsonConverter(typeof(WordConverter<FlexLength>))]
public readonly record struct FlexLength(string Value) : IWord<FlexLength>
{
    /// <summary>Nothing.</summary>
    public static readonly FlexLength None = new("none");

    /// <summary>The smallest.</summary>
    public static readonly FlexLength Xxs = new("xxs");

    /// <summary>Very small.</summary>
    public static readonly FlexLength Xs = new("xs");

    /// <summary>Small.</summary>
    public static readonly FlexLength Sm = new("sm");

    /// <summary>Middle.</summary>
    public static readonly FlexLength Md = new("md");

    /// <summary>Large.</summary>
    public static readonly FlexLength Lg = new("lg");

    /// <summary>Larger.</summary>
    public static readonly FlexLength Xl = new("xl");

    /// <summary>Very large.</summary>
    public static readonly FlexLength Xxl = new("xxl");

    /// <summary>Larger still: sizes of texts, icons and pictures only, as 4xl and 5xl.</summary>
    public static readonly FlexLength Xl3 = new("3xl");

    /// <summary>Larger than 3xl.</summary>
    public static readonly FlexLength Xl4 = new("4xl");

    /// <summary>The largest.</summary>
    public static readonly FlexLength Xl5 = new("5xl");

    /// <summary>All of the width: pictures only.</summary>
    public static readonly FlexLength Full = new("full");

    /// <summary>A thin border.</summary>
    public static readonly FlexLength Light = new("light");

    /// <summary>An ordinary border.</summary>
    public static readonly FlexLength Normal = new("normal");

    /// <summary>A border between normal and semi-bold.</summary>
    public static readonly FlexLength Medium = new("medium");

    /// <summary>A border between medium and bold.</summary>
    public static readonly FlexLength SemiBold = new("semi-bold");

    /// <summary>A thick border.</summary>
    public static readonly FlexLength Bold = new("bold");

    static IReadOnlyList<string> IWord<FlexLength>.Published { get; } =
        ["none", "xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl", "full", "light", "normal", "medium", "semi-bold", "bold"];

    /// <summary>Pixels.</summary>
    public static FlexLength Px(double pixels) => new(string.Create(CultureInfo.InvariantCulture, $"{pixels}px"));

    /// <summary>A part of the parent's width or height.</summary>
    public static FlexLength Percent(double percent) => new(string.Create(CultureInfo.InvariantCulture, $"{percent}%"));

    /// <inheritdoc />
    public override string ToString() => Value;

    static FlexLength IWord<FlexLength>.Of(string value) => new(value);
}
