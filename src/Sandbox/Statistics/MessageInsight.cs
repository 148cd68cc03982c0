using System.Text.Json.Nodes;
using Sandbox.Api;
using Sandbox.Messaging;

namespace Sandbox.Statistics;

/// <summary><c>GET /v2/bot/insight/message/event</c> and <c>.../aggregation</c>: who saw the messages of a request, or of a unit, and opened their links.</summary>
/// <remarks>Numbers below 20 are null, as LINE keeps them to itself. Nothing plays here, so all that counts playing is null.</remarks>
internal sealed class MessageInsight(SendLog log)
{
    private const int ShownMin = 20;
    private const int DaysMax = 30;

    public LineAnswer Event(ApiCall call)
    {
        if (call.Query("requestId") is not { Length: > 0 } id)
            return LineErrors.InvalidParameter("requestId");
        if (log.Find(id) is not { Kind: SendKind.Broadcast or SendKind.Narrowcast } request || request.BotId != call.Account.BotId || request.ChannelId != call.Channel.Id)
            return LineErrors.NotFound;

        var overview = new JsonObject { ["requestId"] = request.RequestId, ["timestamp"] = request.At.ToUnixTimeSeconds(), ["delivered"] = request.Recipients.Count };
        return Answer(overview, [request]);
    }

    public LineAnswer Unit(ApiCall call)
    {
        if (call.Query("customAggregationUnit") is not { } unit || !SendOptions.IsUnit(unit))
            return LineErrors.InvalidParameter("customAggregationUnit");
        if (!LineTime.TryDay(call.Query("from"), out var from))
            return LineErrors.InvalidParameter("from");
        if (!LineTime.TryDay(call.Query("to"), out var to) || to < from || to.DayNumber - from.DayNumber > DaysMax)
            return LineErrors.InvalidParameter("to");

        return Answer([], log.Under(call.Account.BotId, unit, from, to));
    }

    private static LineAnswer Answer(JsonObject overview, IReadOnlyList<SentRequest> requests)
    {
        overview["uniqueImpression"] = Shown(requests.SelectMany(request => request.SeenBy).Distinct().Count());
        overview["uniqueClick"] = Shown(requests.SelectMany(request => request.Clicks).Select(click => click.Chat).Distinct().Count());
        overview["uniqueMediaPlayed"] = null;
        overview["uniqueMediaPlayed100Percent"] = null;

        var messages = new JsonArray();
        for (var seq = 1; seq <= requests.Select(request => request.Bubbles).DefaultIfEmpty(0).Max(); seq++)
            messages.Add((JsonNode)Bubble(seq, requests.Where(request => request.Bubbles >= seq).Sum(request => request.SeenBy.Count)));

        var clicks = requests.SelectMany(request => request.Clicks).GroupBy(click => (click.Seq, click.Url)).OrderBy(group => group.Key.Seq).ThenBy(group => group.Key.Url, StringComparer.Ordinal);
        return LineAnswer.Ok(new JsonObject
        {
            ["overview"] = overview,
            ["messages"] = messages,
            ["clicks"] = new JsonArray([.. clicks.Select(group =>
            {
                var unique = Shown(group.Select(click => click.Chat).Distinct().Count());
                return new JsonObject { ["seq"] = group.Key.Seq, ["url"] = group.Key.Url, ["click"] = Shown(group.Count()), ["uniqueClick"] = unique, ["uniqueClickOfRequest"] = unique?.DeepClone() };
            })]),
        });
    }

    private static JsonObject Bubble(int seq, int impressions)
    {
        var bubble = new JsonObject { ["seq"] = seq, ["impression"] = Shown(impressions) };
        foreach (var name in (string[])["mediaPlayed", "mediaPlayed25Percent", "mediaPlayed50Percent", "mediaPlayed75Percent", "mediaPlayed100Percent"])
            bubble[name] = null;
        foreach (var name in (string[])["uniqueMediaPlayed", "uniqueMediaPlayed25Percent", "uniqueMediaPlayed50Percent", "uniqueMediaPlayed75Percent", "uniqueMediaPlayed100Percent"])
            bubble[name] = null;
        return bubble;
    }

    private static JsonValue? Shown(int count) => count < ShownMin ? null : JsonValue.Create(count);
}
