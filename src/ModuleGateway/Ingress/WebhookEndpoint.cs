using Line.Webhooks;
using Line;
using ModuleGateway.Journal;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using ModuleGateway.Tracing;
using ModuleGateway.Upstream;

namespace ModuleGateway.Ingress;

/// <summary>POST /webhook/{channelId}: LINE's webhooks in. Checked on the raw bytes, stored, and only then answered with 200.</summary>
internal sealed class WebhookEndpoint(UpstreamChannels channels, EventJournal journal, RoutingWorker routing, StoreClock clock, JournalAlarm alarm, AccountShares shares)
{
    /// <summary>LINE waits 2 s; an answer after that counts as none.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(1.5);

    private const int BodyBytesMax = 1024 * 1024;

    /// <summary>Called with each request that was stored: its bot, how many events, and the type where there is one.</summary>
    public Action<BotId, int, string>? Received { get; set; }

    /// <summary>Called with what became of each request's events, also when LINE was told otherwise because it took too long.</summary>
    public Action<Accepted>? Kept { get; set; }

    /// <param name="watch">Around each request: it is counted and traced there.</param>
    public static void Map(WebApplication app, Func<HttpContext, RequestDelegate, Task> watch)
    {
        var endpoint = app.Services.GetRequiredService<WebhookEndpoint>();
        app.MapPost("/webhook/{channelId}", (RequestDelegate)(http => watch(http, endpoint.ReceiveAsync)));
    }

    private async Task ReceiveAsync(HttpContext http)
    {
        if (!ChannelId.TryParse(http.Request.RouteValues["channelId"] as string, null, out var id) || await channels.FindAsync(id, http.RequestAborted) is not { } channel)
        {
            await AnswerAsync(http, 404, "No channel of ours has this id.");
            return;
        }

        ReadOnlyMemory<byte>? read;
        try
        {
            read = await RequestBody.ReadAsync(http.Request, BodyBytesMax, http.RequestAborted);
        }
        catch (BadHttpRequestException broken)
        {
            await AnswerAsync(http, broken.StatusCode, "The request body could not be read.");
            return;
        }

        if (read is not { } body)
        {
            await AnswerAsync(http, 413, "A webhook request has 1 MiB at most.");
            return;
        }

        if (channel.Signed(body.Span, http.Request.Headers[LineSignature.HeaderName].ToString(), clock.GetUtcNow()) is not { } signedBy)
        {
            await AnswerAsync(http, 401, "The signature is missing or was not made with this channel's secret.");
            return;
        }

        if (journal.Read(id, body, new Receipt(signedBy, Spans.Current), out var fault) is not { } request)
        {
            await AnswerAsync(http, 400, fault.Describe());
            return;
        }

        await StoreAsync(http, request);
    }

    private async Task StoreAsync(HttpContext http, IncomingRequest request)
    {
        if (request.Events.Count > 0)
        {
            if (shares.IsOver(request.Bot, request.Events.Count))
            {
                http.Response.Headers.RetryAfter = "30"; // It is counted anew until then.
                await AnswerAsync(http, 503, "Too much of this account is undelivered at the moment.");
                return;
            }

            try
            {
                // LINE hanging up changes nothing: what arrived is kept.
                await KeepAsync(request).WaitAsync(AnswerWithin, clock, CancellationToken.None);
            }
            catch (Exception error) when (error is StoreUnavailableException or TimeoutException)
            {
                alarm.Refused(error is TimeoutException ? $"the journal took longer than {AnswerWithin.TotalSeconds} s" : error.Message);

                // After a time-out it may be stored all the same; LINE's redelivery of it is then known for what it is.
                http.Response.Headers.RetryAfter = "5";
                await AnswerAsync(http, 503, "The journal cannot take events at the moment.");
                return;
            }

            alarm.Took();
            Received?.Invoke(request.Bot, request.Events.Count, request.OnlyType);
        }

        http.Response.StatusCode = 200;
    }

    private async Task KeepAsync(IncomingRequest request)
    {
        var accepted = await journal.AcceptAsync(request, CancellationToken.None);
        Kept?.Invoke(accepted);
        routing.Wake();
    }

    private static Task AnswerAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { message }, http.RequestAborted);
    }
}
