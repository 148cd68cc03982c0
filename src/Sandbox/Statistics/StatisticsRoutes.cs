using Line;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Chats;
using Sandbox.Console;

namespace Sandbox.Statistics;

/// <summary>The calls that count.</summary>
internal static class StatisticsRoutes
{
    public static IServiceCollection AddStatistics(this IServiceCollection services)
    {
        services.AddSingleton<SendLog>().AddSingleton<SentCounts>().AddSingleton<AggregationUnits>().AddSingleton<AccountInsight>().AddSingleton<MessageInsight>();
        services.AddSingleton<RichMenuStatistics>().AddSingleton<RichMenuInsight>().AddSingleton<IAccountData>(provider => provider.GetRequiredService<RichMenuStatistics>());
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
        routes.MapCall<AccountInsight>("GET", "/v2/bot/insight/message/delivery", (handler, call) => handler.Deliveries(call));
        routes.MapCall<AccountInsight>("GET", "/v2/bot/insight/followers", (handler, call) => handler.Followers(call));
        routes.MapCall<AccountInsight>("GET", "/v2/bot/insight/demographic", (handler, call) => handler.Demographic(call));
        routes.MapCall<MessageInsight>("GET", "/v2/bot/insight/message/event", (handler, call) => handler.Event(call));
        routes.MapCall<MessageInsight>("GET", "/v2/bot/insight/message/event/aggregation", (handler, call) => handler.Unit(call));
        routes.MapCall<RichMenuInsight>("GET", "/v2/bot/insight/richmenu/{richMenuId}/summary", (handler, call) => handler.Summary(call));
        routes.MapCall<RichMenuInsight>("GET", "/v2/bot/insight/richmenu/{richMenuId}/daily", (handler, call) => handler.Daily(call));

        // Told by the phone's page when a link in a message is opened.
        routes.MapPost("/phone/api/chats/{botId}/{peer}/messages/{messageId}/link-opened", (BotId botId, string peer, string messageId, LinkRequest body, SendLog log) =>
        {
            if (body.Url is not { Length: >= 1 and <= 2000 } url)
                return ConsoleAnswers.Invalid("url must be 1 to 2000 characters.");
            log.Clicked(new ChatKey(botId, peer), messageId, url);
            return Results.Accepted();
        });
    }

    private sealed record LinkRequest(string? Url);
}
