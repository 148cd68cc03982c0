namespace Line.Webhooks;

/// <summary>A webhook request: what happened at one Official Account.</summary>
/// <param name="Destination">The account's bot.</param>
/// <param name="Events">In the request's order; empty in LINE's verification request, which wants a 200 and nothing else.</param>
public sealed record WebhookRequest(BotId Destination, IReadOnlyList<WebhookEvent> Events);
