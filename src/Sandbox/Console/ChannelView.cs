using Line;
using Sandbox.Channels;

namespace Sandbox.Console;

/// <summary>A channel as the console shows it to its owner, the secret included.</summary>
internal sealed record ChannelView(
    ChannelId ChannelId, string ChannelSecret, ChannelKind Kind, string Name, BotId? BotId, bool DefaultActive, string? WebhookUrl, bool UsesWebhook, bool Redelivers,
    IReadOnlyList<string> RedirectUrls, IReadOnlyList<string> Kids)
{
    public static ChannelView Of(Channel channel) => new(
        channel.Id, channel.Secret, channel.Kind, channel.Name, channel.PrimaryOf, channel.IsDefaultActive, channel.WebhookUrl, channel.UsesWebhook, channel.Redelivers,
        channel.RedirectUrls, [.. channel.Keys.Select(key => key.Kid)]);
}
