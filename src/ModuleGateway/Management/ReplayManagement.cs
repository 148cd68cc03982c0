using System.Globalization;
using System.Text.Json;
using Line;
using ModuleGateway.Journal;
using ModuleGateway.Replays;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Management;

/// <summary>Events sent once more: asked for, looked at, cancelled.</summary>
internal static class ReplayManagement
{
    private const int ShownMax = 100;
    private const int EventIdLengthMax = 200;

    public static void MapReplays(this RouteGroupBuilder management)
    {
        management.MapPost("/replays", AskAsync);
        management.MapGet("/replays", ListAsync);
        management.MapGet("/replays/{requestId:guid}", ShowAsync);
        management.MapDelete("/replays/{requestId:guid}", CancelAsync);
    }

    /// <param name="RequestId">The asker's own id: asking again with it changes nothing.</param>
    /// <param name="ChatId">LINE's id of a chat of <paramref name="BotId"/>, or a module's.</param>
    /// <param name="From">Events that were received at this instant or later.</param>
    /// <param name="To">Events that were received before it.</param>
    /// <param name="OnlyDead">Dead letters alone.</param>
    private sealed record Body(Guid? RequestId, string? WebhookEventId, string? BotId, string? ChatId, Guid? LinkageId, Guid? ModuleId, DateTimeOffset? From, DateTimeOffset? To, bool OnlyDead);

    private static async Task<IResult> AskAsync(Body body, ChatFinder chats, IGatewayStore store, ReplayWorker worker, CancellationToken cancellationToken)
    {
        if (body.RequestId is not { } request)
            return Refuse("requestId is missing: a UUID of your own, by which the replay can be asked for again.");
        var (choice, fault) = await store.ReadAsync(tx => Read(tx, chats, body), cancellationToken);
        if (choice is null)
            return Refuse(fault!);

        var (replay, isNew) = await store.WriteAsync(
            tx =>
            {
                if (tx.Replays.Find(request) is { } known)
                    return (known, false);

                tx.Replays.Add(request, choice, tx.Now, tx.Deliveries.LastId());
                return (tx.Replays.Find(request)!, true);
            },
            cancellationToken);
        if (replay.Choice != choice)
            return Results.Json(new { message = "Another replay was asked for with this requestId." }, statusCode: 409);

        worker.Wake();
        return Results.Json(await store.ReadAsync(tx => Show(tx, replay), cancellationToken), statusCode: isNew ? 202 : 200);
    }

    private static async Task<IResult> ListAsync(IGatewayStore store, CancellationToken cancellationToken, int limit = 20) =>
        Results.Json(new { replays = await store.ReadAsync(tx => tx.Replays.Recent(Math.Clamp(limit, 1, ShownMax)).Select(replay => Show(tx, replay)).ToList(), cancellationToken) });

    private static async Task<IResult> ShowAsync(Guid requestId, IGatewayStore store, CancellationToken cancellationToken) =>
        await store.ReadAsync(tx => tx.Replays.Find(requestId) is { } replay ? Show(tx, replay) : null, cancellationToken) is { } shown ? Results.Json(shown) : Results.NotFound();

    /// <summary>What was not delivered yet will not come; what is just on its way may.</summary>
    private static async Task<IResult> CancelAsync(Guid requestId, IGatewayStore store, CancellationToken cancellationToken)
    {
        var shown = await store.WriteAsync(
            tx =>
            {
                if (tx.Replays.Find(requestId) is not { } replay)
                    return null;

                if (tx.Replays.Cancel(replay.Id, tx.Now))
                    tx.Replays.CancelOwed(replay.Id);
                return Show(tx, tx.Replays.Find(requestId)!);
            },
            cancellationToken);
        return shown is null ? Results.NotFound() : Results.Json(shown);
    }

    private static (ReplayChoice? Choice, string? Fault) Read(IGatewayTransaction tx, ChatFinder chats, Body body)
    {
        BotId? bot = null;
        if (body.BotId is { } text)
        {
            if (!Line.BotId.TryParse(text, null, out var named))
                return (null, "botId is no Bot ID.");
            bot = named;
        }

        if (body is { WebhookEventId: null, LinkageId: null, ModuleId: null } && bot is null)
            return (null, "Of webhookEventId, botId, linkageId and moduleId at least one is expected.");
        if (body.WebhookEventId is { Length: 0 or > EventIdLengthMax })
            return (null, "webhookEventId is no event's id.");
        if (body.From >= body.To)
            return (null, "from must be before to.");
        if (body.ChatId is null)
            return (Choice(null), null);
        if (bot is not { } account)
            return (null, "chatId needs botId: the account of the chat.");

        return chats.Find(tx, account, body.ChatId) is { } chat ? (Choice(chat), null) : (null, "chatId is no chat of this account.");

        ReplayChoice Choice(Linkages.ChatKey? chat) => new(
            bot, chat, body.LinkageId is { } linkage ? new LinkageId(linkage) : null, body.ModuleId is { } module ? new ModuleId(module) : null, body.WebhookEventId, Whole(body.From), Whole(body.To), body.OnlyDead);
    }

    /// <summary>As the store keeps it, so that the same request is equal to itself.</summary>
    private static DateTimeOffset? Whole(DateTimeOffset? at) => at is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known.ToUnixTimeMilliseconds()) : null;

    private static object Show(IGatewayTransaction tx, ReplayRow replay)
    {
        var counts = tx.Replays.Counts(replay.Id);
        var owed = counts.GetValueOrDefault(DeliveryState.Owed) + counts.GetValueOrDefault(DeliveryState.Aside);
        return new
        {
            requestId = replay.Request,
            replayId = replay.Id.ToString(CultureInfo.InvariantCulture),
            state = replay.State switch { ReplayState.Cancelled => "cancelled", ReplayState.Queued when owed == 0 => "done", _ => "running" },
            askedAt = replay.AskedAt,
            lookedThrough = replay.State == ReplayState.Queued || replay.LastDelivery == 0 ? 1.0 : (double)replay.AfterDelivery / replay.LastDelivery,
            found = replay.Found,
            owed,
            delivered = counts.GetValueOrDefault(DeliveryState.Delivered),
            dead = counts.GetValueOrDefault(DeliveryState.Dead),
            cancelled = counts.GetValueOrDefault(DeliveryState.Cancelled),
            endedAt = replay.EndedAt,
        };
    }

    private static IResult Refuse(string sentence) => Results.Json(new { message = sentence }, statusCode: 400);
}
