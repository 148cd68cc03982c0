using System.Net;
using Line.Json;

namespace Line;

/// <summary>What a Messaging API channel's token alone opens: whose account it is, and where its webhooks go.</summary>
/// <remarks>
/// For the channel of one Official Account: its token names the account, so no header does. Thread-safe. Refusals are <see cref="LineApiException"/>.
/// Nothing is retried here. Source: LINE messaging-api.yml, "Webhook".
/// </remarks>
public sealed class MessagingChannelClient(HttpClient http, LineEndpoints endpoints, IChannelTokenSource tokens)
{
    private const string EndpointPath = "/v2/bot/channel/webhook/endpoint";
    private readonly LineApi _api = new(http, endpoints, tokens);

    /// <summary>The account that this channel belongs to.</summary>
    public async Task<BotInfo> GetBotInfoAsync(CancellationToken cancellationToken = default)
    {
        var answer = (await _api.GetAsync("/v2/bot/info", bot: null, cancellationToken).ConfigureAwait(false)).OrThrow();
        return BotInfo.Read(answer, answer.Body);
    }

    /// <summary>Where its webhooks go; null when nobody has set a URL yet.</summary>
    public async Task<WebhookEndpoint?> GetWebhookEndpointAsync(CancellationToken cancellationToken = default)
    {
        var answer = await _api.GetAsync(EndpointPath, bot: null, cancellationToken).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.NotFound)
            return null;

        var body = answer.OrThrow().Body;
        return answer.Body.Text("endpoint") is { Length: > 0 } address ? new WebhookEndpoint(address, body.Flag("active") ?? throw answer.Unreadable("active")) : null;
    }

    /// <summary>Sends its webhooks elsewhere. LINE follows within a minute. LINE has no call that takes a URL away.</summary>
    /// <param name="address">https, at most 500 characters.</param>
    /// <param name="cancellationToken">Gives up waiting; the URL may be set all the same.</param>
    public async Task SetWebhookEndpointAsync(string address, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync(HttpMethod.Put, EndpointPath, bot: null, writer => writer.WriteString("endpoint"u8, address), retryKey: null, cancellationToken).ConfigureAwait(false)).OrThrow();

    /// <summary>Has LINE send a signed request without events to a URL, now. 60 times an hour at most.</summary>
    public async Task<WebhookTest> TestWebhookEndpointAsync(string address, CancellationToken cancellationToken = default)
    {
        var answer = (await _api.PostAsync("/v2/bot/channel/webhook/test", bot: null, writer => writer.WriteString("endpoint"u8, address), cancellationToken).ConfigureAwait(false)).OrThrow();
        return new WebhookTest(answer.Body.Flag("success") ?? throw answer.Unreadable("success"), answer.Body.Int("statusCode") ?? 0, answer.Required("reason"), answer.Body.Text("detail"));
    }
}
