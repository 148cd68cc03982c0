using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sandbox.Messaging.Rules;

/// <summary>What the values of flex properties may look like. Source: reference, "Flex Message"; "Flex Message layout".</summary>
internal static partial class FlexValues
{
    /// <summary>Steps of space, in growing order.</summary>
    public static readonly string[] Spaces = ["none", "xs", "sm", "md", "lg", "xl", "xxl"];

    private static readonly string[] Sizes = ["xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl"];

    public static readonly Func<JsonElement, bool> Color = Matches(ColorForm());
    public static readonly Func<JsonElement, bool> Switch = value => value.ValueKind is JsonValueKind.True or JsonValueKind.False;
    public static readonly Func<JsonElement, bool> Ratio = value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0;
    public static readonly Func<JsonElement, bool> Margin = Either(Word(Spaces), Matches(Pixels()));
    public static readonly Func<JsonElement, bool> Offset = Either(Word(Spaces), Matches(PixelsOrPart()));
    public static readonly Func<JsonElement, bool> Length = Matches(PixelsOrPart());
    public static readonly Func<JsonElement, bool> Line = Matches(Pixels());
    public static readonly Func<JsonElement, bool> TextSize = Either(Word(Sizes), Matches(Pixels()));
    public static readonly Func<JsonElement, bool> ImageSize = Either(Word([.. Sizes, "full"]), Matches(PixelsOrPart()));
    public static readonly Func<JsonElement, bool> BorderWidth = Either(Word("none", "light", "normal", "medium", "semi-bold", "bold"), Matches(Pixels()));
    public static readonly Func<JsonElement, bool> Angle = Matches(AngleForm());
    public static readonly Func<JsonElement, bool> Part = Matches(PartForm());
    public static readonly Func<JsonElement, bool> AspectRatio = IsAspectRatio;

    /// <summary>Refuses a property of the wrong form; an absent one is fine.</summary>
    public static void Property(FlexFaults faults, JsonElement parent, string pointer, string name, Func<JsonElement, bool> isRight)
    {
        if (parent.TryGetProperty(name, out var value) && !isRight(value))
            faults.Invalid($"{pointer}/{name}");
    }

    /// <summary>One of these words.</summary>
    public static Func<JsonElement, bool> Word(params string[] words) => value => value.ValueKind == JsonValueKind.String && words.Contains(value.GetString());

    private static Func<JsonElement, bool> Matches(Regex form) => value => value.ValueKind == JsonValueKind.String && form.IsMatch(value.GetString()!);

    private static Func<JsonElement, bool> Either(Func<JsonElement, bool> one, Func<JsonElement, bool> other) => value => one(value) || other(value);

    /// <summary><c>width:height</c>; the height at most three times the width.</summary>
    private static bool IsAspectRatio(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString()!.Split(':') is not [var first, var second])
            return false;

        return double.TryParse(first, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var width) && double.TryParse(second, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var height)
            && width is >= 1 and <= Limits.AspectRatioSide && height is >= 1 and <= Limits.AspectRatioSide && height <= width * Limits.AspectRatioHeightPerWidth;
    }

    [GeneratedRegex(@"\A#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\z")]
    private static partial Regex ColorForm();

    [GeneratedRegex(@"\A\d{1,5}(?:\.\d{1,4})?px\z")]
    private static partial Regex Pixels();

    [GeneratedRegex(@"\A\d{1,5}(?:\.\d{1,4})?(?:px|%)\z")]
    private static partial Regex PixelsOrPart();

    [GeneratedRegex(@"\A(?:[0-2]?\d{1,2}|3[0-5]\d)(?:\.\d+)?deg\z")]
    private static partial Regex AngleForm();

    [GeneratedRegex(@"\A(?:100|\d{1,2}(?:\.\d+)?)%\z")]
    private static partial Regex PartForm();
}
