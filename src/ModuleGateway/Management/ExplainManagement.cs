using Line;
using ModuleGateway.Store;

namespace ModuleGateway.Management;

/// <summary>Asked for an event by its id, by one of its deliveries, or by its chat.</summary>
internal static class ExplainManagement
{
    private const int ShownMax = 100;
    private static readonly TimeSpan LookBack = TimeSpan.FromHours(24);

    public static void MapExplain(this RouteGroupBuilder management)
    {
        management.MapGet("/events/{webhookEventId}", ByEventAsync);
        management.MapGet("/deliveries/{id}", (string id, EventExplainer explainer, IGatewayStore store, CancellationToken cancellationToken) => AnswerAsync(store, tx => explainer.ByDelivery(tx, id), cancellationToken));
        management.MapGet("/accounts/{botId}/chats/{chatId}/events", ByChatAsync);
    }

    private static async Task<IResult> ByEventAsync(string webhookEventId, string? botId, EventExplainer explainer, IGatewayStore store, CancellationToken cancellationToken)
    {
        BotId? bot = null;
        if (botId is not null)
        {
            if (!BotId.TryParse(botId, null, out var only))
                return Results.NotFound();
            bot = only;
        }

        return await AnswerAsync(store, tx => explainer.ByEvent(tx, webhookEventId, bot), cancellationToken);
    }

    /// <param name="from">Attempts since then; a day back when it is not given.</param>
    /// <param name="to">Attempts before then; now when it is not given.</param>
    private static async Task<IResult> ByChatAsync(
        string botId, string chatId, DateTimeOffset? from, DateTimeOffset? to, EventExplainer explainer, IGatewayStore store, CancellationToken cancellationToken, int limit = 20)
    {
        if (!BotId.TryParse(botId, null, out var bot))
            return Results.NotFound();

        return await AnswerAsync(
            store,
            tx =>
            {
                var end = to ?? tx.Now.AddMilliseconds(1);
                return explainer.ByChat(tx, bot, chatId, from ?? end - LookBack, end, Math.Clamp(limit, 1, ShownMax));
            },
            cancellationToken);
    }

    private static async Task<IResult> AnswerAsync(IGatewayStore store, Func<IGatewayTransaction, IReadOnlyList<object>> find, CancellationToken cancellationToken)
    {
        var events = await store.ReadAsync(find, cancellationToken);
        return events.Count == 0 ? Results.NotFound() : Results.Json(new { events });
    }
}
