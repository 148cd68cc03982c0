using System.Text.Json.Nodes;
using Sandbox.Api;
using Sandbox.RichMenus;

namespace Sandbox.Statistics;

/// <summary><c>GET /v2/bot/insight/richmenu/{richMenuId}/…</c>: how often a channel's menu was shown and tapped. Fewer than 20 people who tapped: only its id.</summary>
internal sealed class RichMenuInsight(RichMenuBook menus, RichMenuStatistics statistics, TimeProvider clock)
{
    private const int ClickersMin = 20;

    /// <summary>Days that the period may reach beyond its first.</summary>
    private const int SummaryDaysMax = 396;

    private const int DailyDaysMax = 99;
    private const int YearsMax = 3;

    public LineAnswer Summary(ApiCall call) => Read(call, SummaryDaysMax, isDaily: false);

    public LineAnswer Daily(ApiCall call) => Read(call, DailyDaysMax, isDaily: true);

    private LineAnswer Read(ApiCall call, int daysMax, bool isDaily)
    {
        if (menus.Find(call.Channel, call.Account.BotId, call.Route("richMenuId")) is not { } menu)
            return LineErrors.NotFound;
        if (!LineTime.TryDay(call.Query("from"), out var from) || from < LineTime.DayOf(clock.GetUtcNow()).AddYears(-YearsMax))
            return LineErrors.InvalidParameter("from");
        if (!LineTime.TryDay(call.Query("to"), out var to) || to < from || to.DayNumber - from.DayNumber > daysMax)
            return LineErrors.InvalidParameter("to");

        var days = statistics.Between(menu.Id, from, to);
        if (days.SelectMany(day => day.Events).Where(one => one.Area is not null).Select(one => one.PersonId).Distinct().Count() < ClickersMin)
            return LineAnswer.Ok(new { richMenuId = menu.Id });

        return LineAnswer.Ok(new JsonObject
        {
            ["richMenuId"] = menu.Id,
            ["metricsFrom"] = LineTime.Day(from),
            ["metricsTo"] = LineTime.Day(to),
            ["impression"] = new JsonObject { ["metrics"] = Metrics(days, area: null, isDaily) },
            ["clicks"] = new JsonArray([.. menu.Areas.EnumerateArray().Select((area, index) => new JsonObject
            {
                ["bounds"] = JsonNode.Parse(area.GetProperty("bounds").GetRawText()),
                ["metrics"] = Metrics(days, index, isDaily),
            })]),
        });
    }

    private static JsonNode Metrics(IReadOnlyList<RichMenuDay> days, int? area, bool isDaily) =>
        !isDaily ? Metric(days.SelectMany(day => day.Events), area)
        : new JsonArray([.. days.Select(day =>
        {
            var metric = Metric(day.Events, area);
            metric.Insert(0, "date", LineTime.Day(day.Day));
            return metric;
        })]);

    private static JsonObject Metric(IEnumerable<RichMenuEvent> events, int? area)
    {
        var counted = events.Where(one => one.Area == area).ToList();
        return new JsonObject { ["count"] = counted.Count, ["uniqueUsers"] = counted.Select(one => one.PersonId).Distinct().Count() };
    }
}
