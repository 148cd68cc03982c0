using Line;

namespace Sandbox.Webhooks;

/// <summary>One line of the webhook log.</summary>
/// <param name="Attempt">1 for the first sending.</param>
internal sealed record WebhookAttempt(
    long Id, DateTimeOffset At, ChannelId ChannelId, BotId BotId, string? PersonId, string EventType, string WebhookEventId, string Mode, int Attempt,
    string? Url, int? Status, string? Reason, string? Detail, long Millis, string Body);
