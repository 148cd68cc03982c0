namespace Line;

/// <summary>Where a Messaging API channel's webhooks go.</summary>
/// <param name="Address">The webhook URL.</param>
/// <param name="IsActive">Whether the channel's "Use webhook" is on. No call can switch it; its owner does, in LINE's console.</param>
public sealed record WebhookEndpoint(string Address, bool IsActive);
