using System.Globalization;
using Line.Validation;

namespace Line;

/// <summary>Lets the person pick a day, a time or both; the choice comes back as a postback.</summary>
/// <param name="Label">What stands on the button.</param>
/// <param name="Data">Comes back with the choice: 1 to 300 UTF-16 units.</param>
/// <param name="Mode">What is picked.</param>
public sealed record DateTimePickerAction(string? Label, string Data, DateTimePickerMode Mode) : LineAction(Label)
{
    private const string DateForm = "yyyy-MM-dd", TimeForm = "HH:mm", DateTimeForm = "yyyy-MM-dd'T'HH:mm";

    private protected override string Kind => "datetimepicker";

    /// <summary>What is shown first, in the mode's form.</summary>
    public string? Initial { get; init; }

    /// <summary>The latest choice, in the mode's form.</summary>
    public string? Max { get; init; }

    /// <summary>The earliest choice, in the mode's form.</summary>
    public string? Min { get; init; }

    /// <summary>A day.</summary>
    public static DateTimePickerAction ForDate(string label, string data, DateOnly? initial = null, DateOnly? min = null, DateOnly? max = null) =>
        new(label, data, DateTimePickerMode.Date) { Initial = Text(initial, DateForm), Min = Text(min, DateForm), Max = Text(max, DateForm) };

    /// <summary>A time of the day.</summary>
    public static DateTimePickerAction ForTime(string label, string data, TimeOnly? initial = null, TimeOnly? min = null, TimeOnly? max = null) =>
        new(label, data, DateTimePickerMode.Time) { Initial = Text(initial, TimeForm), Min = Text(min, TimeForm), Max = Text(max, TimeForm) };

    /// <summary>A day and a time; LINE knows no time zone here.</summary>
    public static DateTimePickerAction ForDateTime(string label, string data, DateTime? initial = null, DateTime? min = null, DateTime? max = null) =>
        new(label, data, DateTimePickerMode.DateTime) { Initial = Text(initial, DateTimeForm), Min = Text(min, DateTimeForm), Max = Text(max, DateTimeForm) };

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Text("data", Data, 300);
        faults.Word<DateTimePickerMode>("mode", Mode);
        CheckForm(faults, "initial", Initial);
        CheckForm(faults, "max", Max);
        CheckForm(faults, "min", Min);
        if (Min is not null && Max is not null && string.CompareOrdinal(Min, Max) >= 0)
            faults.Add("min", "must be earlier than max");
    }

    private void CheckForm(FaultFinder faults, string property, string? value)
    {
        var form = Mode == DateTimePickerMode.Date ? DateForm : Mode == DateTimePickerMode.Time ? TimeForm : DateTimeForm;

        // LINE's own examples write a lower-case t between day and time as well.
        if (value is not null && !DateTime.TryParseExact(value.Replace('t', 'T'), form, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            faults.Add(property, $"must read {form.Replace("'", "", StringComparison.Ordinal)}");
    }

    private static string? Text<T>(T? value, string form) where T : struct, IFormattable => value?.ToString(form, CultureInfo.InvariantCulture);
}
