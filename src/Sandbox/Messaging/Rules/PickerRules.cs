using System.Globalization;
using System.Text.Json;

namespace Sandbox.Messaging.Rules;

/// <summary>The rules for the datetime picker: first and last choice in the form of its mode, within the years 1900 to 2100. Source: reference, "Datetime picker action".</summary>
internal static class PickerRules
{
    private static readonly string[] Modes = ["date", "time", "datetime"];
    private static readonly DateTime Earliest = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly DateTime Latest = new(2100, 12, 31, 23, 59, 0, DateTimeKind.Unspecified);

    public static void Check(BodyCheck check, JsonElement action, string path)
    {
        if (check.OneOf(action, path, "mode", Modes) is not { } mode)
            return;

        var min = Moment(check, action, path, "min", mode);
        var max = Moment(check, action, path, "max", mode);
        var initial = Moment(check, action, path, "initial", mode);
        if (min >= max)
            check.Add($"{path}.max", "must be later than min"); // The rule is LINE's, the words of these two are ours.
        if (initial < min || initial > max)
            check.Add($"{path}.initial", "must be between min and max");
    }

    private static DateTime? Moment(BodyCheck check, JsonElement action, string path, string name, string mode)
    {
        if (check.Text(action, path, name, 20, isRequired: false) is not { } text)
            return null;

        string[] forms = mode switch { "date" => ["yyyy-MM-dd"], "time" => ["HH:mm"], _ => ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd't'HH:mm"] };
        if (DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var moment) && (mode == "time" || (moment >= Earliest && moment <= Latest)))
            return moment;

        check.Add($"{path}.{name}", "invalid property");
        return null;
    }
}
