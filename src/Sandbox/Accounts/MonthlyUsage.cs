using System.Globalization;
using Line;

namespace Sandbox.Accounts;

/// <summary>Messages of one account that count for billing in one month.</summary>
/// <param name="Month">"yyyyMM" in UTC+9, the zone of LINE's statistics.</param>
internal sealed record MonthlyUsage(BotId BotId, string Month, long Messages)
{
    public static string MonthOf(DateTimeOffset now) => now.ToOffset(TimeSpan.FromHours(9)).ToString("yyyyMM", CultureInfo.InvariantCulture);
}
