using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sandbox.Accounts;
using Sandbox.Messaging;

namespace Sandbox.Narrowcasts;

/// <summary>The rules for demographic filters, and whom they let through. Source: reference, "Demographic filter object".</summary>
internal static partial class DemographicRules
{
    private const int FiltersMax = 10;
    private static readonly string[] Genders = ["male", "female"];
    private static readonly string[] AppTypes = ["ios", "android"];

    public static void Check(BodyCheck check, JsonElement filter)
    {
        var count = 0;
        Shape(check, filter, "filter.demographic", ref count);
        if (count > FiltersMax)
            check.Add("filter.demographic", string.Create(CultureInfo.InvariantCulture, $"Size must be between 0 and {FiltersMax}"));
    }

    /// <param name="friendFor">How long the person has been a friend.</param>
    public static bool Includes(JsonElement filter, Demographics known, TimeSpan friendFor) => filter.GetProperty("type").GetString() switch
    {
        "gender" => IsOneOf(filter, known.Gender),
        "appType" => IsOneOf(filter, known.AppType),
        "area" => IsOneOf(filter, known.Area),
        "age" => known.Age is { } age && IsBetween(filter, age),
        "subscriptionPeriod" => IsBetween(filter, friendFor.TotalDays),
        _ when filter.TryGetProperty("and", out var all) => all.EnumerateArray().All(one => Includes(one, known, friendFor)),
        _ when filter.TryGetProperty("or", out var any) => any.EnumerateArray().Any(one => Includes(one, known, friendFor)),
        _ => !Includes(filter.GetProperty("not"), known, friendFor),
    };

    private static void Shape(BodyCheck check, JsonElement filter, string path, ref int count)
    {
        if (filter.ValueKind != JsonValueKind.Object)
        {
            check.WrongType(path);
            return;
        }

        switch (check.Text(filter, path, "type", 40))
        {
            case null:
                return;

            case "gender":
                OneOf(check, filter, path, Genders.Contains);
                break;

            case "appType":
                OneOf(check, filter, path, AppTypes.Contains);
                break;

            case "area":
                OneOf(check, filter, path, text => AreaCode().IsMatch(text));
                break;

            case "age":
                Between(check, filter, path, text => AgeCode().IsMatch(text));
                break;

            case "subscriptionPeriod":
                Between(check, filter, path, text => PeriodCode().IsMatch(text));
                break;

            case "operator":
                foreach (var (part, at) in Operators.Parts(check, filter, path))
                    Shape(check, part, at, ref count);
                return;

            default:
                check.Add($"{path}.type", "Must be one of the following values: [gender, age, appType, area, subscriptionPeriod, operator]");
                return;
        }

        count++;
    }

    private static void OneOf(BodyCheck check, JsonElement filter, string path, Func<string, bool> isAllowed)
    {
        if (check.Array(filter, path, "oneOf", 1, 100) is not { } values)
            return;

        foreach (var (index, value) in values.EnumerateArray().Index())
        {
            if (value.ValueKind != JsonValueKind.String)
                check.WrongType($"{path}.oneOf[{index}]");
            else if (!isAllowed(value.GetString()!))
                check.Add($"{path}.oneOf[{index}]", "invalid property");
        }
    }

    private static void Between(BodyCheck check, JsonElement filter, string path, Func<string, bool> isAllowed)
    {
        var lower = check.Text(filter, path, "gte", 20, isRequired: false);
        var upper = check.Text(filter, path, "lt", 20, isRequired: false);
        if (lower is null && upper is null)
            check.Add(path, "Specify gte, lt or both");
        foreach (var (name, text) in ((string, string?)[])[("gte", lower), ("lt", upper)])
        {
            if (text is not null && !isAllowed(text))
                check.Add($"{path}.{name}", "invalid property");
        }
    }

    private static bool IsOneOf(JsonElement filter, string? known) => known is not null && filter.GetProperty("oneOf").EnumerateArray().Any(one => one.ValueEquals(known));

    private static bool IsBetween(JsonElement filter, double value) =>
        (!filter.TryGetProperty("gte", out var lower) || value >= NumberIn(lower)) && (!filter.TryGetProperty("lt", out var upper) || value < NumberIn(upper));

    /// <summary>age_20, day_30: the number at the end.</summary>
    private static int NumberIn(JsonElement code) => int.Parse(code.GetString()!.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\Aage_(15|20|25|30|35|40|45|50|55|60|65|70)\z")]
    private static partial Regex AgeCode();

    [GeneratedRegex(@"\Aday_(7|30|90|180|365)\z")]
    private static partial Regex PeriodCode();

    [GeneratedRegex(@"\A(jp_(0[1-9]|[1-3][0-9]|4[0-7])|tw_(0[1-9]|1[0-9]|2[0-2])|th_0[1-8])\z")]
    private static partial Regex AreaCode();
}
