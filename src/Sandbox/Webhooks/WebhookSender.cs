using System.Net.Http.Headers;
using Line;
using Microsoft.Extensions.Options;

namespace Sandbox.Webhooks;

/// <summary>Posts one signed body to a webhook URL, as LINE does: a short time-out, no redirects, no cookies, the answer's body ignored.</summary>
internal sealed class WebhookSender : IDisposable
{
    // Receivers must not depend on it; it is what LINE's webhooks are known to carry.
    private const string UserAgent = "LineBotWebhook/2.0";

    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;

    public WebhookSender(IOptions<SandboxOptions> options, TimeProvider clock)
    {
        _options = options.Value.Webhooks;
        _clock = clock;
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
        {
            Timeout = Timeout.InfiniteTimeSpan, // Each attempt has its own.
        };
    }

    public async Task<WebhookOutcome> SendAsync(string url, byte[] body, string signature, CancellationToken cancellationToken)
    {
        var started = _clock.GetTimestamp();
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
            return Failed("could_not_connect", "Invalid URL syntax");

        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.TryAddWithoutValidation("user-agent", UserAgent);
        request.Headers.TryAddWithoutValidation(LineSignature.HeaderName, signature);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_options.Timeout);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var status = (int)response.StatusCode;
            return response.IsSuccessStatusCode
                ? new WebhookOutcome(status, null, null, Millis())
                : new WebhookOutcome(status, "error_status_code", $"{status}", Millis());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed("request_timeout", "Request timeout");
        }
        catch (HttpRequestException failure)
        {
            return failure.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => Failed("could_not_connect", "Unknown host"),
                HttpRequestError.SecureConnectionError => Failed("could_not_connect", "TLS handshake failure"),
                HttpRequestError.ConnectionError => Failed("could_not_connect", "Connection failed"),
                HttpRequestError.ResponseEnded => Failed("unclassified", "Session closed unexpectedly"),
                _ => Failed("unclassified", "Unclassified webhook dispatch error"),
            };
        }

        WebhookOutcome Failed(string reason, string detail) => new(null, reason, detail, Millis());
        long Millis() => (long)_clock.GetElapsedTime(started).TotalMilliseconds;
    }

    public void Dispose() => _client.Dispose();
}
