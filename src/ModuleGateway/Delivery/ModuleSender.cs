using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Line;
using Microsoft.Extensions.Options;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using ModuleGateway.Tracing;
using Tenancy;

namespace ModuleGateway.Delivery;

/// <summary>How one try ended.</summary>
/// <param name="Status">0 when there was no answer.</param>
/// <param name="Error">LINE's word for the reason, when there was no 2xx: <c>could_not_connect</c>, <c>request_timeout</c>, <c>error_status_code</c>, <c>unclassified</c>.</param>
internal readonly record struct Attempt(int Status, string? Error, int Millis)
{
    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>How the answer's body begins, for whoever looks for a fault: what <see cref="AnswerStart"/> lets through; null when there was none.</summary>
    public string? AnswerStart { get; init; }

    /// <summary>How long the module asked to be left alone (<c>Retry-After</c>, in seconds or as a date); null: it did not ask. Never below zero, and not bounded yet.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What went wrong, in a sentence for the module's maker; null where the status says it.</summary>
    public string? Detail { get; init; }

    /// <summary>Nothing was sent, for want of a connection of ours: it says nothing about the module.</summary>
    public bool IsOurFault { get; init; }
}

/// <summary>One signed POST to a module, as LINE would make it.</summary>
internal sealed class ModuleSender(ModuleEndpoints endpoints, IOptions<DeliveryOptions> options, StoreClock clock)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };

    /// <param name="to">The linkage that gets it.</param>
    /// <param name="body">What was composed for it.</param>
    /// <param name="deliveryId">Ours, of the first event in it.</param>
    /// <param name="attempt">1 for the first.</param>
    /// <param name="trace">The trace of the webhook that brought the events; the module may go on with it by <c>traceparent</c>. Null: it was not traced.</param>
    /// <param name="stopping">Ends the attempt without an outcome.</param>
    public async Task<Attempt> SendAsync(LinkedModule to, byte[] body, long deliveryId, int attempt, ActivityContext? trace, CancellationToken stopping)
    {
        using var span = trace is null ? null : Spans.Begin("deliver", ActivityKind.Client, trace);
        using var request = Request(to.Module, to.Module.WebhookUrl, body);
        request.Headers.TryAddWithoutValidation("x-delivery-id", to.Ids.DeliveryId(deliveryId));
        request.Headers.TryAddWithoutValidation("x-delivery-attempt", attempt.ToString(CultureInfo.InvariantCulture));
        if (span?.Id is { } parent)
            request.Headers.TryAddWithoutValidation("traceparent", parent);
        var ended = await TryAsync(to.Module.Id, request, stopping);
        span?.SetTag("gateway.module", to.Module.Id.Value.ToString()).SetTag("gateway.delivery", deliveryId).SetTag("gateway.attempt", attempt)
            .SetTag("http.response.status_code", ended.Status).SetTag("gateway.outcome", ended.Error ?? "delivered").SetStatus(ended.Succeeded ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        return ended;
    }

    /// <summary>LINE's verification request: no events, so that only the connection is tried.</summary>
    /// <param name="to">Whose secret signs it.</param>
    /// <param name="url">Where it goes, whether or not deliveries go there too.</param>
    /// <param name="bot">An account of the module's.</param>
    public async Task<Attempt> VerifyAsync(ModuleConfig to, Uri url, BotId bot, CancellationToken stopping)
    {
        using var request = Request(to, url, Encoding.UTF8.GetBytes($$"""{"destination":"{{bot}}","events":[]}"""));
        return await TryAsync(to.Id, request, stopping);
    }

    /// <summary>A request without events about no account, to see how a webhook checks what it gets.</summary>
    /// <param name="isGenuine">False: signed with a secret that nobody has, so that a module that looks refuses it.</param>
    public async Task<Attempt> ProbeAsync(ModuleConfig to, Uri url, bool isGenuine, CancellationToken stopping)
    {
        using var request = Request(to, url, Encoding.UTF8.GetBytes($$"""{"destination":"U00000000000000000000000000000000","events":[]}"""));
        if (!isGenuine)
        {
            request.Headers.Remove(LineSignature.HeaderName);
            request.Headers.TryAddWithoutValidation(LineSignature.HeaderName, Convert.ToBase64String(RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes)));
        }

        return await TryAsync(to.Id, request, stopping);
    }

    private HttpRequestMessage Request(ModuleConfig to, Uri url, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = Json;
        request.Headers.TryAddWithoutValidation(LineSignature.HeaderName, to.SignatureAt(clock.GetUtcNow()).Create(body));
        request.Headers.TryAddWithoutValidation("User-Agent", "LineBotWebhook/2.0");
        return request;
    }

    private async Task<Attempt> TryAsync(ModuleId module, HttpRequestMessage request, CancellationToken stopping)
    {
        var started = Stopwatch.GetTimestamp();
        using var timeout = new CancellationTokenSource(options.Value.AttemptTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        try
        {
            using var answer = await endpoints.SendAsync(module, request, either.Token);
            var start = await DrainAsync(answer, either.Token);
            return new Attempt((int)answer.StatusCode, answer.IsSuccessStatusCode ? null : "error_status_code", Elapsed(started)) { AnswerStart = start, RetryAfter = RetryAfterOf(answer) };
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return timeout.IsCancellationRequested ? Failed("request_timeout", AttemptDetails.NoAnswerInTime) : Failed("could_not_connect", AttemptDetails.NoConnectionInTime);
        }
        catch (AddressRefusedException refused)
        {
            return Failed("could_not_connect", refused.Message);
        }
        catch (HttpRequestException error)
        {
            return error switch
            {
                { InnerException: AddressRefusedException refused } => Failed("could_not_connect", refused.Message),
                { InnerException: NoPlaceException noPlace } => Failed("unclassified", noPlace.Message) with { IsOurFault = true },
                { HttpRequestError: HttpRequestError.NameResolutionError } => Failed("could_not_connect", AttemptDetails.NoAddress),
                { HttpRequestError: HttpRequestError.SecureConnectionError } => Failed("could_not_connect", AttemptDetails.NoTls),
                { HttpRequestError: HttpRequestError.ConnectionError } => Failed("could_not_connect", AttemptDetails.NoConnection),
                _ => Failed("unclassified", AttemptDetails.NoHttp),
            };
        }

        Attempt Failed(string reason, string detail) => new(0, reason, Elapsed(started)) { Detail = detail };
    }

    /// <summary>Reads what is read of an answer. Its status is known already and holds, whatever becomes of the body.</summary>
    private static async Task<string?> DrainAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        // Read so that the connection can be used again; more than this is nobody's business and ends the connection instead.
        var buffer = ArrayPool<byte>.Shared.Rent(ModuleEndpoints.AnswerBytesMax);
        var read = 0;
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            while (read < ModuleEndpoints.AnswerBytesMax && await body.ReadAsync(buffer.AsMemory(read, ModuleEndpoints.AnswerBytesMax - read), cancellationToken) is > 0 and var more)
                read += more;
            return AnswerStart.Of(buffer.AsSpan(0, read));
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or HttpRequestException)
        {
            return AnswerStart.Of(buffer.AsSpan(0, read)); // It dripped, broke or was none; the connection is closed.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - (answer.Headers.Date ?? clock.GetUtcNow()) is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero, // By its own clock, where it says what time it has.
        _ => null,
    };

    private static int Elapsed(long started) => (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
}
