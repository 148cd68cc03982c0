using Line;

namespace Marketplace.Development;

/// <summary>Everything that a program needs to play a module, and to play LINE. Printed as one line of JSON; the names are part of the command's contract.</summary>
/// <param name="ChannelAccessToken">Good for 15 minutes; more from <c>{baseUrl}/oauth2/v3/token</c>.</param>
/// <param name="BaseUrl">The gateway's origin, in place of LINE's.</param>
/// <param name="LineWebhookUrl">Where LINE would send this account's webhooks.</param>
/// <param name="LineChannelSecret">With which secret LINE would sign them.</param>
internal sealed record DevelopmentAccess(
    string ChannelId, string ChannelSecret, string ChannelAccessToken, BotId BotId, string BaseUrl, string LineWebhookUrl, string LineChannelSecret);
