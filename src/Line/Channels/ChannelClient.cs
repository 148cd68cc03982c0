using System.Net;
using Line.Json;

namespace Line;

/// <summary>The account that a channel speaks for, and where its webhooks go.</summary>
/// <remarks>Thread-safe. From <see cref="LineClient.Channel"/>. A module channel's webhook URL is set in LINE's console only. Source: LINE messaging-api.yml, "Webhook".</remarks>
public sealed class ChannelClient
{
    private const string EndpointPath = "/v2/bot/channel/webhook/endpoint";
    private readonly LineApi _api;

    internal ChannelClient(LineApi api) => _api = api;

    /// <summary>The account's own name, ids and picture.</summary>
    public async Task<BotInfo> GetBotInfoAsync(CancellationToken cancellationToken = default)
    {
        var answer = (await _api.SendAsync(LineCall.Get("/v2/bot/info"), cancellationToken).ConfigureAwait(false)).OrThrow();
        return BotInfo.Read(answer, answer.Body);
    }

    /// <summary>Where its webhooks go; null when nobody has set a URL yet.</summary>
    public async Task<WebhookEndpoint?> GetWebhookEndpointAsync(CancellationToken cancellationToken = default)
    {
        var answer = await _api.SendAsync(LineCall.Get(EndpointPath), cancellationToken).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.NotFound)
            return null;

        var body = answer.OrThrow().Body;
        return answer.Body.Text("endpoint") is { Length: > 0 } address ? new WebhookEndpoint(address, body.Flag("active") ?? throw answer.Unreadable("active")) : null;
    }

    /// <summary>Sends its webhooks elsewhere. LINE follows within a minute. LINE has no call that takes a URL away.</summary>
    /// <param name="address">https, at most 500 characters.</param>
    /// <param name="cancellationToken">Gives up waiting; the URL may be set all the same.</param>
    public Task SetWebhookEndpointAsync(string address, CancellationToken cancellationToken = default) =>
        _api.DoAsync(LineCall.Put(EndpointPath).With(writer => writer.WriteString("endpoint"u8, address)), cancellationToken);

    /// <summary>Has LINE send a signed request without events to a URL, now. 60 times an hour at most.</summary>
    /// <param name="address">The URL; null: the one that is set.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<WebhookTest> TestWebhookEndpointAsync(string? address = null, CancellationToken cancellationToken = default)
    {
        var call = LineCall.Post("/v2/bot/channel/webhook/test").With(writer =>
        {
            if (address is not null)
                writer.WriteString("endpoint"u8, address);
        });
        var answer = (await _api.SendAsync(call, cancellationToken).ConfigureAwait(false)).OrThrow();
        var time = answer.Body.Text("timestamp") is { } text && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var at) ? at : (DateTimeOffset?)null;
        return new WebhookTest(answer.Body.Flag("success") ?? throw answer.Unreadable("success"), answer.Body.Int("statusCode") ?? 0, answer.Required("reason"), answer.Body.Text("detail"), time);
    }
}
