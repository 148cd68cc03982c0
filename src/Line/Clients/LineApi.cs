using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;

namespace Line;

/// <summary>One way to make a call with a channel's token: shared by all groups of calls.</summary>
internal sealed class LineApi(HttpClient http, IChannelTokenSource tokens, LineClientOptions options, BotId? bot)
{
    public LineClientOptions Options => options;

    public LineApi For(BotId account) => new(http, tokens, options, account);

    /// <summary>The answer, whatever it says.</summary>
    public async Task<LineAnswer> SendAsync(LineCall call, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(call, cancellationToken, isBuffered: true).ConfigureAwait(false);
        return await LineAnswer.ReadAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>For calls that answer nothing of interest.</summary>
    /// <exception cref="LineApiException">LINE refused.</exception>
    public async Task DoAsync(LineCall call, CancellationToken cancellationToken) => (await SendAsync(call, cancellationToken).ConfigureAwait(false)).OrThrow();

    /// <summary>A typed answer.</summary>
    /// <exception cref="LineApiException">LINE refused, or its answer cannot be read.</exception>
    public async Task<T> ReadAsync<T>(LineCall call, JsonTypeInfo<T> info, CancellationToken cancellationToken) where T : class =>
        (await SendAsync(call, cancellationToken).ConfigureAwait(false)).OrThrow().Read(info);

    /// <summary>A typed answer; null where LINE answers 404.</summary>
    public async Task<T?> FindAsync<T>(LineCall call, JsonTypeInfo<T> info, CancellationToken cancellationToken) where T : class
    {
        var answer = await SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.NotFound ? null : answer.OrThrow().Read(info);
    }

    /// <summary>The answer with its body still to come; repeated as <see cref="LineRetry"/> says.</summary>
    public async Task<HttpResponseMessage> OpenAsync(LineCall call, CancellationToken cancellationToken, bool isBuffered = false)
    {
        if (call.TakesRetryKey)
            call = WithRetryKey(call);

        var attemptsMax = call.IsOnce ? 1 : options.Retry.AttemptsMax;
        var hasNewToken = call.IsOnce; // A body that can be read once bears no second token.
        for (var attempt = 1; ; attempt++)
        {
            HttpResponseMessage response;
            try
            {
                (response, hasNewToken) = await AttemptAsync(call, hasNewToken, isBuffered, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (IsUnknown(failure, cancellationToken) && call.IsRepeatable && attempt < attemptsMax)
            {
                await WaitAsync(options.Retry.WaitAfter(attempt, asked: null)!.Value, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (attempt > 1 && call.Method == HttpMethod.Delete && response.StatusCode == HttpStatusCode.NotFound)
            {
                response.StatusCode = HttpStatusCode.OK; // The attempt before, whose outcome nobody knew, has deleted it.
                return response;
            }

            var wait = attempt < attemptsMax ? await WaitForAsync(call, response, attempt, cancellationToken).ConfigureAwait(false) : null;
            if (wait is not { } time)
                return response;

            response.Dispose();
            await WaitAsync(time, cancellationToken).ConfigureAwait(false);
        }
    }

    private LineCall WithRetryKey(LineCall call)
    {
        var key = call.RetryKey ?? (options.Retry.AttemptsMax > 1 ? Guid.NewGuid() : null);
        return call with { RetryKey = key, IsRepeatable = key is not null };
    }

    private async Task<(HttpResponseMessage Response, bool HasNewToken)> AttemptAsync(LineCall call, bool hasNewToken, bool isBuffered, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        var response = await SendOnceAsync(call, token, isBuffered, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
            return (response, hasNewToken);

        tokens.Refuse(token);
        if (hasNewToken || options.Retry.AttemptsMax == 1 || await tokens.GetAsync(cancellationToken).ConfigureAwait(false) is not { } other || other == token)
            return (response, hasNewToken);

        response.Dispose();
        return (await SendOnceAsync(call, other, isBuffered, cancellationToken).ConfigureAwait(false), true);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(LineCall call, string token, bool isBuffered, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, new Uri(call.IsData ? options.Endpoints.Data : options.Endpoints.Api, call.Path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (bot is { } id && !call.IsOfChannel)
            request.Headers.Add(options.Endpoints.BotHeaderName, id.ToString());

        if (call.RetryKey is { } key)
            request.Headers.Add("X-Line-Retry-Key", key.ToString("D"));

        if (call.Header is { } header)
            request.Headers.Add(header.Name, header.Value);

        request.Content = call.Body?.Invoke();
        if (!isBuffered)
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);

        // The client's own time-out ends with the headers; an answer that stops half-way is to be given up as well.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(http.Timeout);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
        try
        {
            await response.Content.LoadIntoBufferAsync(LineAnswer.BodyBytesMax, limit.Token).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>How long to wait before the next attempt; null when there shall be none.</summary>
    private async Task<TimeSpan?> WaitForAsync(LineCall call, HttpResponseMessage response, int attempt, CancellationToken cancellationToken)
    {
        var isPace = response.StatusCode == HttpStatusCode.TooManyRequests;
        if (!isPace && ((int)response.StatusCode < 500 || !call.IsRepeatable))
            return null;

        if (isPace)
        {
            var answer = await LineAnswer.ReadAsync(response, cancellationToken).ConfigureAwait(false);
            if (answer.Failure().IsMonthlyLimit)
                return null;
        }

        return options.Retry.WaitAfter(attempt, Asked(response));
    }

    private TimeSpan? Asked(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > options.Clock.GetUtcNow() ? date - options.Clock.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    private Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, options.Clock, cancellationToken);

    /// <summary>The connection was lost or the client's own time-out passed: LINE may or may not have done it.</summary>
    private static bool IsUnknown(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested);
}
