using System.Text;
using System.Text.Json.Nodes;
using Line;
using Sandbox.Channels;
using Sandbox.Faults;
using Sandbox.Http;
using Sandbox.Phone;

namespace Sandbox.Webhooks;

/// <summary>One attempt to deliver: builds the body, signs it, sends it, writes the log and the time line.</summary>
internal sealed class WebhookAttempts(
    WebhookSender sender, ChannelDirectory channels, ReplyTokens replyTokens, FaultBook faults, WebhookLog log, Timeline timeline, TimeProvider clock)
{
    /// <returns>Whether nothing more is owed: it was taken, or its channel wants no redelivery.</returns>
    public async Task<bool> TryAsync(WebhookDelivery delivery, int attempt, CancellationToken cancellationToken)
    {
        if (!channels.TryFind(delivery.Receiver, out var channel) || channel is not { ReceivesWebhooks: true, WebhookUrl: { } url })
            return true; // Switched off since it was queued.

        var body = Body(delivery, isRedelivery: attempt > 1);
        if (faults.Take(FaultKind.WebhookDrop, delivery.BotId) is not null)
        {
            Record(delivery, channel, attempt, url, body, new WebhookOutcome(null, "dropped", "Ordered by the console", 0));
            return true;
        }

        var secret = faults.Take(FaultKind.WebhookWrongSignature, delivery.BotId) is null ? channel.Secret : ChannelDirectory.NewSecret();
        if (delivery.ReplyToken is { } token)
            replyTokens.Sent(token, clock.GetUtcNow());

        var outcome = await sender.SendAsync(url, body, new LineSignature(secret).Create(body), cancellationToken);
        Record(delivery, channel, attempt, url, body, outcome);
        return outcome.IsSuccess || !channel.Redelivers;
    }

    /// <summary>Writes down a delivery that found no room to wait.</summary>
    public void Dropped(WebhookDelivery delivery)
    {
        if (channels.TryFind(delivery.Receiver, out var channel))
            Record(delivery, channel, 1, channel.WebhookUrl, Body(delivery, isRedelivery: false), new WebhookOutcome(null, "dropped", "Too many deliveries wait: Sandbox:Webhooks:WaitingMax", 0));
    }

    private byte[] Body(WebhookDelivery delivery, bool isRedelivery)
    {
        var sent = delivery.Event.DeepClone().AsObject();
        sent["deliveryContext"] = new JsonObject { ["isRedelivery"] = isRedelivery };
        if (faults.Take(FaultKind.WebhookUnknownProperty, delivery.BotId) is not null)
            sent["unknownProperty"] = new JsonObject { ["since"] = "the console ordered it" };
        return Json.Bytes(new JsonObject { ["destination"] = delivery.BotId.ToString(), ["events"] = new JsonArray(sent) });
    }

    private void Record(WebhookDelivery delivery, Channel channel, int attempt, string? url, byte[] body, WebhookOutcome outcome)
    {
        var now = clock.GetUtcNow();
        log.Add(new WebhookAttempt(
            0, now, channel.Id, delivery.BotId, delivery.Peer, delivery.EventType, delivery.WebhookEventId, delivery.Mode, attempt,
            url, outcome.Status, outcome.Reason, outcome.Detail, outcome.Millis, Encoding.UTF8.GetString(body)));
        timeline.Add(new TimelineEntry(
            0, now, "line", "webhook", delivery.BotId, delivery.Peer, delivery.ChatId, TimelineChannel.Of(channel), delivery.EventType, delivery.WebhookEventId,
            delivery.Mode, attempt > 1, Status: outcome.Status, Outcome: outcome.Reason, Millis: outcome.Millis,
            Text: $"{delivery.EventType} → {channel.Name}: {outcome.Detail ?? $"{outcome.Status}"}", Body: System.Text.Json.JsonDocument.Parse(body).RootElement.Clone()));
    }
}
