using Microsoft.Extensions.Options;
using ModuleGateway.Observing;
using ModuleGateway.Routing;

namespace ModuleGateway.Management;

/// <summary>What is undelivered, by account and by module, as of the last look.</summary>
internal static class LagManagement
{
    public static void MapLag(this RouteGroupBuilder management) => management.MapGet("/lag", (LagWatch watch, IOptions<LagOptions> options, GatewayState state) =>
    {
        var picture = watch.Picture;
        double Seconds(DateTimeOffset since) => Math.Round((picture.At - since).TotalSeconds, 3);
        return Results.Json(new
        {
            lookedAt = picture.At,
            alert = new { isRaised = picture.RaisedAt is not null, since = picture.RaisedAt, lagSecondsMax = options.Value.Max.TotalSeconds },
            lagSeconds = picture.Lag.TotalSeconds,
            owed = picture.Owed,
            countedPerLinkageMax = LagWatch.CountedMax,
            oldestUnroutedAt = picture.OldestUnrouted,
            byModule = picture.ByModule.OrderBy(one => one.Value.OldestAt).Select(one => new
            {
                moduleId = one.Key.Value, module = state.Snapshot.Modules.GetValueOrDefault(one.Key)?.Name, oldestAt = one.Value.OldestAt, lagSeconds = Seconds(one.Value.OldestAt), owed = one.Value.Owed, aside = one.Value.Aside,
            }),
            byAccount = picture.ByAccount.Select(one => new { botId = one.Bot.ToString(), oldestAt = one.OldestAt, lagSeconds = Seconds(one.OldestAt), owed = one.Owed }),
            longest = picture.Longest.Select(row => new
            {
                linkageId = row.Linkage.Value, botId = row.Bot.ToString(), moduleId = row.Module.Value, oldestDeliveryId = row.OldestId.ToString(System.Globalization.CultureInfo.InvariantCulture),
                oldestAt = row.OldestAt, lagSeconds = Seconds(row.OldestAt), owed = row.Owed, aside = row.Aside,
            }),
        });
    });
}
