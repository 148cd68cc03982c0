using Line;

namespace Portal.Gateway;

/// <summary>An account's own channel as LINE describes it; nothing is changed yet.</summary>
/// <param name="Scopes">What such a channel may do, in LINE's scope names.</param>
/// <param name="WebhookUrlNow">Where its webhooks go today; null: nowhere.</param>
public sealed record ChannelOffer(BotId BotId, string DisplayName, string BasicId, string? PictureUrl, IReadOnlyList<string> Scopes, string? WebhookUrlNow);

/// <summary>A connected channel.</summary>
/// <param name="WebhookUrlBefore">Where its webhooks went before, and go again when it is disconnected; null: nowhere.</param>
public sealed record ConnectedChannel(string ChannelId, string? WebhookUrlBefore);
