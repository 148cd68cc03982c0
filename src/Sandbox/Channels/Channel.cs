using Line;

namespace Sandbox.Channels;

/// <summary>A channel with its settings, as LINE's console keeps them.</summary>
/// <param name="Provider">The company behind it: ordinary user ids are the same for all channels of one provider.</param>
/// <param name="Secret">Signs webhooks and opens the token endpoints.</param>
/// <param name="PrimaryOf">The Official Account whose primary channel this is; null for a module channel.</param>
/// <param name="IsDefaultActive">Whether a module channel is active in every chat from the moment of attaching.</param>
/// <param name="Answer">What the built-in bot of a primary channel replies when it is active; null: it says nothing, or the webhook goes elsewhere.</param>
internal sealed record Channel(
    ChannelId Id, ChannelKind Kind, string Name, string Provider, string Secret, BotId? PrimaryOf, bool IsDefaultActive,
    string? WebhookUrl, bool UsesWebhook, bool Redelivers, IReadOnlyList<string> RedirectUrls, IReadOnlyList<RegisteredKey> Keys, string? Answer = null)
{
    public bool ReceivesWebhooks => UsesWebhook && WebhookUrl is not null;
}
