using System.Globalization;
using System.Text;
using System.Text.Json;
using Line;
using ModuleGateway.Control;
using ModuleGateway.Delivery;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using ModuleGateway.Routing;
using ModuleGateway.Security;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Management;

/// <summary>The whole way of an event: when it came and who signed it, to whom it was routed and as what, every attempt, every replay.</summary>
/// <remarks>What modules answered is their tenants' data: it is shown to the operator and never logged. What people wrote is not shown at all.</remarks>
internal sealed class EventExplainer(GatewayState state, ChatFinder chats, Vault vault)
{
    private const int EventsMax = 50;
    private const int DeliveriesMax = 200;

    /// <summary>Deliveries of each linkage that are looked through for one chat.</summary>
    private const int LookMax = 5000;

    public IReadOnlyList<object> ByEvent(IGatewayTransaction tx, string webhookEventId, BotId? bot) =>
        [.. tx.History.Events(webhookEventId, EventsMax).Where(row => bot is null || row.Bot == bot).Select(row => Explain(tx, row))];

    /// <param name="tx">The transaction.</param>
    /// <param name="id">Our number of the delivery, or what its module got as <c>x-delivery-id</c>.</param>
    public IReadOnlyList<object> ByDelivery(IGatewayTransaction tx, string id)
    {
        foreach (var (number, linkage) in Meanings(id))
        {
            if (tx.History.Delivery(number) is { } found && (linkage is null || found.Linkage == linkage) && tx.Events.Find(found.EventSeq) is { } row)
                return [Explain(tx, row)];
        }

        return [];
    }

    /// <param name="tx">The transaction.</param>
    /// <param name="bot">The account.</param>
    /// <param name="chat">LINE's id of the chat, or that of one of the modules.</param>
    /// <param name="from">Attempts from this instant on; what is owed is shown whenever it came.</param>
    /// <param name="to">Not this instant any more.</param>
    /// <param name="max">Events at most.</param>
    public IReadOnlyList<object> ByChat(IGatewayTransaction tx, BotId bot, string chat, DateTimeOffset from, DateTimeOffset to, int max)
    {
        if (chats.Find(tx, bot, chat) is not { } key)
            return [];

        var events = tx.Control.LinkagesOf(bot).SelectMany(linkage => tx.History.EventsOf(linkage.Id, key, from, to, LookMax, max)).Distinct().OrderDescending().Take(max);
        return [.. events.Select(tx.Events.Find).OfType<EventRow>().Select(row => Explain(tx, row))];
    }

    private IEnumerable<(long Number, LinkageId? Linkage)> Meanings(string id)
    {
        if (long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            yield return (number, null);
        if (!IdText.TryReadBits(Encoding.ASCII.GetBytes(id), out var bits))
            yield break;

        foreach (var linked in state.Snapshot.Linkages.Values)
        {
            if (linked.Ids.DeliveryOf(bits) is { } meant)
                yield return (meant, linked.Row.Id);
        }
    }

    private object Explain(IGatewayTransaction tx, EventRow row)
    {
        var deliveries = tx.History.Deliveries(row.Seq, DeliveriesMax);
        return new
        {
            webhookEventId = row.WebhookEventId,
            botId = row.Bot.ToString(),
            channelId = row.Channel?.ToString(),
            type = row.Type,
            chatId = deliveries.FirstOrDefault(one => one.Chat is not null)?.Chat is { } chat ? (tx.Control.Known(chat.Bot, chat.Kind, chat.Id)?.Id ?? new UpstreamId(chat.Kind, chat.Id, null)).ToText(chat.Bot) : null,
            receivedAt = row.ReceivedAt,
            signedBy = row.Receipt is { } receipt ? Word(receipt.SignedBy) : null,
            receivedAgain = tx.Events.Receipts(row.Seq).Select(again => new { at = again.At, signedBy = Word(again.SignedBy) }),
            traceId = row.Receipt?.Trace?.TraceId.ToHexString(),
            state = Word(row.State),
            isBlank = row.IsBlank,
            why = WhyOf(row, deliveries.Count),
            deliveries = deliveries.Select(delivery => Explain(tx, row, delivery)).ToList(),
        };
    }

    private object Explain(IGatewayTransaction tx, EventRow @event, DeliveryHistory delivery)
    {
        var linked = state.Snapshot.Linkages.GetValueOrDefault(delivery.Linkage);
        var row = tx.Control.Linkage(delivery.Linkage);
        var failures = tx.History.Failures(delivery.Id);
        var attempts = delivery is { State: DeliveryState.Delivered, LastAt: { } at }
            ? [.. failures, new AttemptRow(failures.Count + 1, at, delivery.LastStatus, null, delivery.LastMillis, delivery.LastSealedAnswer)]
            : failures;
        return new
        {
            deliveryId = delivery.Id.ToString(CultureInfo.InvariantCulture),
            seenAs = linked?.Ids.DeliveryId(delivery.Id),
            linkageId = delivery.Linkage.Value,
            moduleId = row?.Module.Value,
            module = linked?.Module.Name,
            mode = delivery.Chat is null ? null : delivery.IsActive ? "active" : "standby",
            epoch = delivery.Chat is null ? (long?)null : delivery.Epoch,
            replayId = delivery.Replay,
            state = Word(delivery.State),
            why = row is null || WhyHeldBack(tx, delivery, row.Module) is not { } held ? WhyOf(@event, delivery, row, attempts.Count) : held,
            nextAttemptAt = delivery.State is DeliveryState.Owed or DeliveryState.Aside ? delivery.NextAttemptAt : null,
            attempts = attempts.Select(attempt => new
            {
                number = attempt.Number,
                at = attempt.At,
                status = attempt.Status,
                outcome = attempt.Error ?? "delivered",
                millis = attempt.Millis,
                answer = attempt.SealedAnswer is { } answer ? Encoding.UTF8.GetString(vault.Bodies(@event.Bot).OpenStored(answer, "A module's answer")) : null,
            }).ToList(),
        };
    }

    private static string WhyOf(EventRow row, int deliveries) => row.State switch
    {
        EventState.Accepted => "It is stored and waits to be routed.",
        EventState.NotConnected => "The account was not connected when it came; it is routed if the connection comes within the hour.",
        EventState.ForeignChannel => "It was signed by a channel that does not speak for this account, so it goes to nobody.",
        EventState.SetAside => "Routing it failed twice; it was set aside so that it holds up nobody else. The log has the reason.",
        _ when row.IsBlank && deliveries == 0 => "It was taken back, or its customer was erased, before it could be routed; or all that is known of it was erased.",
        _ when deliveries == 0 => "It was for the gateway itself, or no linkage listened then.",
        _ => "Routed.",
    };

    /// <summary>What its endpoint's state says of a delivery that waits; null: nothing.</summary>
    private static string? WhyHeldBack(IGatewayTransaction tx, DeliveryHistory delivery, ModuleId module)
    {
        if (delivery.State is not (DeliveryState.Owed or DeliveryState.Aside) || tx.Endpoints.Find(module) is not { } endpoint)
            return null;

        return endpoint switch
        {
            { Circuit: Circuit.Open } => $"Its module's endpoint has not answered since {At(endpoint.Since)}: all that is owed to it waits, no attempt is used up, and it is asked again at {At(endpoint.ProbeAt)}.",
            { Circuit: Circuit.Off } => $"Its module's endpoint was switched off at {At(endpoint.Since)}: it is about to become a dead letter.",
            { PausedUntil: { } until } when until > tx.Now => $"Its module asked by Retry-After to be left alone until {At(until)}.",
            _ => null,
        };

        static string At(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "once";
    }

    private static string WhyOf(EventRow row, DeliveryHistory delivery, LinkageRow? linkage, int attempts) => Word(delivery.State) switch
    {
        "delivered" => "The module answered with a 2xx.",
        "owed" when delivery.NextAttemptAt is not null => "An attempt failed; the next one has its time.",
        "owed" when attempts > 0 => "An attempt failed; it waits for the next one.",
        "owed" => "It waits for its first attempt: for what is before it in its chat, for a free place, or for its module to answer again.",
        "cancelled" when row.IsBlank => "Its message was taken back, or its customer erased, before it could be delivered.",
        "cancelled" when delivery.Replay is not null && linkage?.State is LinkageState.On => "The replay that it belongs to was cancelled.",
        "cancelled" => "Its linkage ended before it could be delivered.",
        "aside" => "It failed while its module answered: it stepped aside, and its chat goes on without it.",
        "dead" => "It was given up: every attempt failed, or its module was switched off. A replay can send it again.",
        var other => other,
    };

    private static string Word<TEnum>(TEnum value) where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
