using Portal.Listings;
using Tenancy;

namespace Portal.Gateway;

/// <summary>The gateway's check of a webhook. Apart from <see cref="GatewayClient"/> because a partner's server may take its time: the gateway waits for it, and this waits for the gateway.</summary>
public sealed class ProbeClient(HttpClient http)
{
    /// <summary>A little more than the gateway's longest attempt by default (10 s), of which it makes two side by side.</summary>
    public static TimeSpan AnswerMax { get; } = TimeSpan.FromSeconds(20);

    /// <inheritdoc cref="GatewayClient.ProbeAsync"/>
    public Task<WebhookProbe?> ProbeAsync(ModuleId module, string url, CancellationToken cancellationToken) => new GatewayClient(http).ProbeAsync(module, url, cancellationToken);
}
