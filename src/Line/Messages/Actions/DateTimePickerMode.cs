using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>What a person picks. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<DateTimePickerMode>))]
public readonly record struct DateTimePickerMode(string Value) : IWord<DateTimePickerMode>
{
    /// <summary>A day, like <c>2026-08-01</c>.</summary>
    public static readonly DateTimePickerMode Date = new("date");

    /// <summary>A time of the day, like <c>18:30</c>.</summary>
    public static readonly DateTimePickerMode Time = new("time");

    /// <summary>Both, like <c>2026-08-01T18:30</c>.</summary>
    public static readonly DateTimePickerMode DateTime = new("datetime");

    static IReadOnlyList<string> IWord<DateTimePickerMode>.Published { get; } = ["date", "time", "datetime"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static DateTimePickerMode IWord<DateTimePickerMode>.Of(string value) => new(value);
}
