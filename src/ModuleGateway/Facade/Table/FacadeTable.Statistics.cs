using ModuleGateway.Owned;

namespace ModuleGateway.Facade;

/// <content>What LINE counts. The figures are the account's, with all its modules and LINE's own channel: LINE knows no other.</content>
internal static partial class FacadeTable
{
    private static IEnumerable<CallRow> Statistics =>
    [
        new(HttpMethod.Get, "/v2/bot/message/quota", Counts),
        new(HttpMethod.Get, "/v2/bot/message/quota/consumption", Counts),
        Delivered("reply"), Delivered("push"), Delivered("multicast"), Delivered("broadcast"),
        new(HttpMethod.Get, "/v2/bot/message/aggregation/info", Counts) { Handler = By<ThingLists>(it => it.CountUnitsAsync) }, // Scope: ours.
        new(HttpMethod.Get, "/v2/bot/message/aggregation/list", Counts) { Handler = By<ThingLists>(it => it.ListUnitsAsync) }, // Scope: ours.
        new(HttpMethod.Get, "/v2/bot/insight/message/delivery", Studies) { Rate = RateLimit.PerHour(60) },
        new(HttpMethod.Get, "/v2/bot/insight/followers", Studies) { Rate = RateLimit.PerHour(60) },
        new(HttpMethod.Get, "/v2/bot/insight/demographic", Studies) { Rate = RateLimit.PerHour(60) },
        new(HttpMethod.Get, "/v2/bot/insight/message/event", Studies) { Rate = RateLimit.PerHour(60), Things = [SendingInQuery] },
        new(HttpMethod.Get, "/v2/bot/insight/message/event/aggregation", Studies)
        {
            Rate = RateLimit.PerHour(60), Things = [new(ThingKind.Unit, ThingWhere.Query, "customAggregationUnit")],
        },
    ];

    /// <summary>Scope: ours.</summary>
    private static CallRow Delivered(string kind) => new(HttpMethod.Get, $"/v2/bot/message/delivery/{kind}", Counts);
}
