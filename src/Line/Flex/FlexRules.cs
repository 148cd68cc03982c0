using System.Text.RegularExpressions;
using Line.Validation;

namespace Line;

/// <summary>What LINE takes for lengths, colours and shapes in a Flex message.</summary>
internal static partial class FlexRules
{
    public static readonly string[] Spaces = ["none", "xs", "sm", "md", "lg", "xl", "xxl"];
    public static readonly string[] Borders = ["none", "light", "normal", "medium", "semi-bold", "bold"];
    public static readonly string[] Letters = ["xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl"];
    public static readonly string[] Pictures = [.. Letters, "full"];

    /// <summary>One of the words, or pixels, or perhaps a percentage.</summary>
    public static void Length(FaultFinder faults, string property, FlexLength? value, ReadOnlySpan<string> words, bool takesPercent = false)
    {
        if (value is not { } length || words.Contains(length.Value) || Pixels().IsMatch(length.Value) || (takesPercent && Percentage().IsMatch(length.Value)))
            return;

        faults.Add(property, takesPercent ? "must be a keyword, pixels like 8px or a percentage like 50%" : "must be a keyword or pixels like 8px");
    }

    public static void Colour(FaultFinder faults, string property, string? value)
    {
        if (value is not null && !Colours().IsMatch(value))
            faults.Add(property, "must be a colour like #RRGGBB or #RRGGBBAA");
    }

    /// <summary><c>{width}:{height}</c>, each 1 to 100000, not higher than three times the width.</summary>
    public static void Ratio(FaultFinder faults, string property, string? value)
    {
        if (value is null)
            return;

        var match = Ratios().Match(value);
        if (!match.Success || !double.TryParse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture, out var width)
            || !double.TryParse(match.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture, out var height)
            || width is < 1 or > 100_000 || height is < 1 or > 100_000)
        {
            faults.Add(property, "must read width:height, each 1 to 100000");
        }
        else if (height > 3 * width)
        {
            faults.Add(property, "the height must not exceed three times the width");
        }
    }

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?px$")]
    private static partial Regex Pixels();

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?%$")]
    private static partial Regex Percentage();

    [GeneratedRegex("^#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})$")]
    private static partial Regex Colours();

    [GeneratedRegex(@"^([0-9]+(?:\.[0-9]+)?):([0-9]+(?:\.[0-9]+)?)$")]
    private static partial Regex Ratios();
}
