using System.Globalization;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Metering;

/// <summary>What a linkage sent, day by day, for whoever bills it.</summary>
internal static class MeterManagement
{
    private const int DaysMax = 400;

    public static void MapMeter(this RouteGroupBuilder management) => management.MapGet("/linkages/{id:guid}/sends", ShowAsync);

    /// <param name="from">yyyyMMdd, a day of LINE's (UTC+9), as LINE writes them; the first of this month when it is not given.</param>
    /// <param name="to">The last day; today when it is not given.</param>
    private static async Task<IResult> ShowAsync(Guid id, string? from, string? to, IGatewayStore store, AcceptedSends accepted, CancellationToken cancellationToken)
    {
        var linkage = new LinkageId(id);
        var (row, today) = await store.ReadAsync(tx => (tx.Control.Linkage(linkage), SentOnDay.DayOf(tx.Now)), cancellationToken);
        if (row is null)
            return Results.NotFound();
        if (!TryRead(from, new DateOnly(today.Year, today.Month, 1), out var first) || !TryRead(to, today, out var last) || last < first || last.DayNumber - first.DayNumber >= DaysMax)
            return Results.Json(new { message = $"from and to are days, yyyyMMdd, at most {DaysMax} of them." }, statusCode: 400);

        await accepted.WriteAsync(cancellationToken);
        var days = await store.ReadAsync(tx => tx.Meter.Days(linkage, first, last), cancellationToken);
        return Results.Json(new
        {
            linkageId = id,
            messagesPerMonthMax = row.MessagesPerMonthMax,
            recipients = days.Sum(day => day.Recipients),
            days = days.Select(day => new { day = day.Day.ToString("yyyyMMdd", CultureInfo.InvariantCulture), recipients = day.Recipients, replies = day.Replies, unknown = day.Unknown }),
        });
    }

    private static bool TryRead(string? text, DateOnly otherwise, out DateOnly day)
    {
        day = otherwise;
        return text is null || DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }
}
