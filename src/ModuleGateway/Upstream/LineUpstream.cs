using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Line;
using Microsoft.Extensions.Options;
using ModuleGateway.Store;

namespace ModuleGateway.Upstream;

/// <summary>LINE's answer, or the lack of one.</summary>
/// <param name="Status">0: nobody knows whether LINE did it.</param>
/// <param name="RequestId">LINE's id of the request; empty without an answer.</param>
/// <param name="AcceptedRequestId">The first request of this retry key, on a 409.</param>
internal sealed record UpstreamAnswer(int Status, byte[] Body, string? ContentType, string RequestId, string? AcceptedRequestId)
{
    /// <summary>We had no access token to ask with: LINE got nothing.</summary>
    public static UpstreamAnswer NotSent { get; } = new(503, """{"message":"LINE could not be asked: no access token was to be had. Nothing was done."}"""u8.ToArray(), "application/json", "", null) { WasNotSent = true };

    public static UpstreamAnswer Unknown { get; } = new(0, [], null, "", null);

    /// <summary>A streamed body that turned out longer than it may be.</summary>
    public static UpstreamAnswer TooLarge { get; } = new(413, """{"message":"The request body is too large."}"""u8.ToArray(), "application/json", "", null);

    /// <summary>A streamed body that broke off, or came in broken pieces.</summary>
    public static UpstreamAnswer Unreadable { get; } = new(400, """{"message":"The request body could not be read."}"""u8.ToArray(), "application/json", "", null);

    /// <summary>We did not ask LINE, and say so in its place.</summary>
    public static UpstreamAnswer Refused(int status, byte[] body, string? contentType) => new(status, body, contentType, "", null) { WasNotSent = true };

    /// <summary>A success that is handed on while it comes in, in place of <see cref="Body"/>.</summary>
    public LineStream? Passing { get; init; }

    /// <summary>LINE got nothing.</summary>
    public bool WasNotSent { get; private init; }

    /// <summary>LINE did nothing: it refused, or was never asked.</summary>
    public bool WasRefused => Status is >= 400 and < 500 || WasNotSent;

    public bool Succeeded => Status is >= 200 and < 300;
}

/// <summary>Calls to LINE in the name of a channel of ours: bodies as they are; on the Module Channel one token for all bots, the bot picked by header.</summary>
internal sealed class LineUpstream : IDisposable
{
    private const int ConnectionsMax = 256;

    // One pool for the process's life: its connections are renewed so that a change of LINE's addresses is seen.
    private readonly SocketsHttpHandler _pool = new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = ConnectionsMax,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private readonly UpstreamOptions _options;
    private readonly UpstreamChannels _channels;
    private readonly StoreClock _clock;
    private readonly Uri _api;
    private readonly Uri _data;
    private readonly ConcurrentDictionary<ChannelId, (string Secret, IChannelTokenSource Source)> _tokens = new();
    private readonly HttpClient _http;
    private readonly HttpClient _streams;

    public LineUpstream(IOptions<UpstreamOptions> options, UpstreamChannels channels, StoreClock clock)
    {
        (_options, _channels, _clock) = (options.Value, channels, clock);
        _http = new HttpClient(_pool, disposeHandler: false) { Timeout = _options.Timeout };
        _streams = new HttpClient(_pool, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan }; // As long as something moves: see PassedContent and LineStream.
        (_api, _data) = (new Uri(_options.ApiBaseUrl), new Uri(_options.DataBaseUrl));
        Endpoints = new LineEndpoints { Api = _api, Data = _data, Manager = new Uri(_options.ManagerBaseUrl), BotHeaderName = _options.BotHeader };
    }

    /// <summary>Where LINE's doors are, for the typed clients.</summary>
    public LineEndpoints Endpoints { get; }

    public HttpClient Http => _http;

    /// <summary>LINE's API by its types. Nothing is repeated within a call: whoever calls has its own time and order for that.</summary>
    public LineClient Client(IChannelTokenSource tokens) => new(_http, tokens, new LineClientOptions { Endpoints = Endpoints, Retry = LineRetry.None });

    public void Dispose()
    {
        _http.Dispose();
        _streams.Dispose();
        _pool.Dispose();
    }

    /// <summary>The access tokens of one channel of ours, by its secret of now; null when we have no such channel (any more).</summary>
    public IChannelTokenSource? Tokens(ChannelId channel)
    {
        if (_channels.Find(channel) is not { } ours)
        {
            _tokens.TryRemove(channel, out _);
            return null;
        }

        if (_tokens.TryGetValue(channel, out var held) && held.Secret == ours.Secret)
            return held.Source;

        var fresh = TokensFor(channel, ours.Secret);
        _tokens[channel] = (ours.Secret, fresh);
        return fresh;
    }

    /// <summary>The access tokens of a channel that is not ours (yet), for as long as the caller keeps them.</summary>
    public IChannelTokenSource TokensFor(ChannelId channel, string secret) => StatelessTokenSource.ForSecret(new ChannelTokenClient(_http, Endpoints), channel, secret, _clock);

    /// <param name="pathAndQuery">LINE's path, ids already LINE's.</param>
    /// <param name="channel">Which of our channels calls.</param>
    /// <param name="body">JSON, or null.</param>
    /// <param name="retryKey">A UUID in text, or null.</param>
    public Task<UpstreamAnswer> SendAsync(HttpMethod method, string pathAndQuery, ChannelId channel, BotId bot, ReadOnlyMemory<byte>? body, string? retryKey, CancellationToken cancellationToken) =>
        SendAsync(new UpstreamRequest(method, pathAndQuery, channel, bot) { Body = body, RetryKey = retryKey }, cancellationToken);

    public async Task<UpstreamAnswer> SendAsync(UpstreamRequest call, CancellationToken cancellationToken)
    {
        if (Tokens(call.Channel) is not { } tokens)
            return UpstreamAnswer.NotSent;

        using var timeout = new CancellationTokenSource(_options.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            if (await TokenAsync() is not { } token)
                return UpstreamAnswer.NotSent;

            var answer = await SendOnceAsync(token);
            if (answer.Status != (int)HttpStatusCode.Unauthorized)
                return answer;

            // LINE has forgotten the token before its time: once more with a fresh one. Nothing was done, so nothing is done twice. A body that is gone cannot be sent again.
            tokens.Refuse(token);
            return call.Content is not null ? answer : await TokenAsync() is { } fresh ? await SendOnceAsync(fresh) : UpstreamAnswer.NotSent;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return UpstreamAnswer.Unknown;
        }
        catch (HttpRequestException error) when (error.InnerException is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            return UpstreamAnswer.TooLarge; // LINE did not get the end of it, and so nothing.
        }
        catch (HttpRequestException error) when (error.InnerException is BadHttpRequestException)
        {
            return UpstreamAnswer.Unreadable; // Nor here.
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return UpstreamAnswer.Unknown;
        }

        async Task<string?> TokenAsync()
        {
            try
            {
                return await tokens.GetAsync(either.Token);
            }
            catch (Exception error) when (error is LineApiException or HttpRequestException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                return null;
            }
        }

        async Task<UpstreamAnswer> SendOnceAsync(string token)
        {
            using var request = new HttpRequestMessage(call.Method, new Uri(call.ToDataHost ? _data : _api, call.PathAndQuery));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (_channels.HasControl(call.Channel))
                request.Headers.TryAddWithoutValidation(_options.BotHeader, call.Bot.ToString()); // An account's own channel is told by its token.
            if (call.RetryKey is not null)
                request.Headers.TryAddWithoutValidation("X-Line-Retry-Key", call.RetryKey);
            if (call.DeliveryTag is not null)
                request.Headers.TryAddWithoutValidation("X-Line-Delivery-Tag", call.DeliveryTag);
            if (call.Body is { } bytes)
            {
                request.Content = new ReadOnlyMemoryContent(bytes);
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            }
            else if (call.Content is { } content)
            {
                request.Content = new PassedContent(content, call.ContentLength, () => timeout.CancelAfter(_options.Timeout)); // It may take as long as it takes, if only it moves.
                if (call.ContentType is not null)
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", call.ContentType);
            }

            var client = call.StreamsAnswer || call.Content is not null ? _streams : _http;
            var answer = await client.SendAsync(request, call.StreamsAnswer ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, either.Token);
            var isPassed = call.StreamsAnswer && answer.IsSuccessStatusCode;
            try
            {
                return new UpstreamAnswer(
                    (int)answer.StatusCode, isPassed ? [] : await answer.Content.ReadAsByteArrayAsync(either.Token), answer.Content.Headers.ContentType?.ToString(),
                    Header(answer, "x-line-request-id") ?? "", Header(answer, "x-line-accepted-request-id"))
                {
                    Passing = isPassed ? new LineStream(answer, _options.Timeout, _clock) : null,
                };
            }
            finally
            {
                if (!isPassed)
                    answer.Dispose();
            }
        }
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
