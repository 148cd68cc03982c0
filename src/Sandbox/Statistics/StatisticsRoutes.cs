using Sandbox.Accounts;
using Sandbox.Api;

namespace Sandbox.Statistics;

/// <summary>The calls that count.</summary>
internal static class StatisticsRoutes
{
    public static IServiceCollection AddStatistics(this IServiceCollection services)
    {
        services.AddSingleton<SendLog>().AddSingleton<SentCounts>().AddSingleton<AggregationUnits>();
        return services.AddSingleton<IAccountData>(provider => provider.GetRequiredService<SendLog>());
    }

    public static void MapStatistics(this IEndpointRouteBuilder routes)
    {
        foreach (var (path, kind) in ((string, SendKind)[])[
            ("reply", SendKind.Reply), ("push", SendKind.Push), ("multicast", SendKind.Multicast), ("broadcast", SendKind.Broadcast), ("pnp/templated", SendKind.TemplatedPnp)])
        {
            routes.MapCall<SentCounts>("GET", $"/v2/bot/message/delivery/{path}", (handler, call) => handler.Get(call, kind));
        }

        routes.MapCall<AggregationUnits>("GET", "/v2/bot/message/aggregation/info", (handler, call) => handler.Count(call));
        routes.MapCall<AggregationUnits>("GET", "/v2/bot/message/aggregation/list", (handler, call) => handler.List(call));
    }
}
