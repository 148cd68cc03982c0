using System.Globalization;

namespace Sandbox.Api;

/// <summary>Times and days as LINE writes them.</summary>
internal static class LineTime
{
    private static readonly TimeSpan Zone = TimeSpan.FromHours(9);

    /// <summary>ISO 8601 in UTC with milliseconds: 2023-06-08T10:15:30.121Z.</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The day at that instant in UTC+9, the zone of LINE's statistics.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Zone).DateTime);

    /// <summary>When that day begins.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Zone);

    /// <summary>Reads yyyyMMdd.</summary>
    public static bool TryDay(string? text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    public static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
