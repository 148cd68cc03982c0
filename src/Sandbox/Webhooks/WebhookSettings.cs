using System.Text.Json;
using Line;
using Sandbox.Api;
using Sandbox.Channels;
using Sandbox.Console;
using Sandbox.Http;

namespace Sandbox.Webhooks;

/// <summary><c>/v2/bot/channel/webhook/…</c>: where a Messaging API channel's webhooks go, read, set and tried by the channel itself.</summary>
/// <remarks>LINE says nothing of these calls with a module channel's token: refused here, as what the console alone can do. A new URL holds at once; LINE takes up to a minute.</remarks>
internal sealed class WebhookSettings(ChannelDirectory channels, WebhookSender sender, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCall("GET", "/v2/bot/channel/webhook/endpoint", Get);
        routes.MapCall<WebhookSettings>("PUT", "/v2/bot/channel/webhook/endpoint", (handler, call) => handler.Set(call));
        routes.MapSlowCall<WebhookSettings>("POST", "/v2/bot/channel/webhook/test", (handler, call) => handler.TestAsync(call));
    }

    private static LineAnswer Get(ApiCall call) =>
        call.Channel.Kind != ChannelKind.Messaging ? LineErrors.NotAvailable
        : call.Channel.WebhookUrl is { } url ? LineAnswer.Ok(new { endpoint = url, active = call.Channel.UsesWebhook })
        : LineErrors.NoWebhookUrl;

    private LineAnswer Set(ApiCall call)
    {
        if (call.Channel.Kind != ChannelKind.Messaging)
            return LineErrors.NotAvailable;
        if (UrlIn(call) is not { } url || !ChannelsConsole.IsWebhookUrl(url))
            return LineErrors.InvalidWebhookUrl;

        channels.Change(call.Channel.Id, channel => channel with { WebhookUrl = url });
        return LineAnswer.Empty;
    }

    private async Task<LineAnswer> TestAsync(ApiCall call)
    {
        if (call.Channel.Kind != ChannelKind.Messaging)
            return LineErrors.NotAvailable;
        if ((call.BodyOrEmpty.TryGetProperty("endpoint", out _) ? UrlIn(call) : call.Channel.WebhookUrl) is not { } url || !ChannelsConsole.IsWebhookUrl(url))
            return LineErrors.InvalidWebhookUrl;

        var body = Json.Bytes(new { destination = call.Account.BotId, events = Array.Empty<object>() });
        var outcome = await sender.SendAsync(url, body, new LineSignature(call.Channel.Secret).Create(body), CancellationToken.None); // Ends by its own time-out.
        return LineAnswer.Ok(new
        {
            success = outcome.IsSuccess,
            timestamp = clock.GetUtcNow(),
            statusCode = outcome.Status ?? 0,
            reason = outcome.Reason?.ToUpperInvariant() ?? "OK",
            detail = outcome.Detail ?? $"{outcome.Status}",
        });
    }

    private static string? UrlIn(ApiCall call) =>
        call.BodyOrEmpty.TryGetProperty("endpoint", out var endpoint) && endpoint.ValueKind == JsonValueKind.String ? endpoint.GetString() : null;
}
