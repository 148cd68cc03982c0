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
    public static UpstreamAnswer NotSent { get; } = new(503, """{"message":"LINE could not be asked: no access token was to be had. Nothing was done."}"""u8.ToArray(), "application/json", "", null);

    /// <summary>LINE did nothing: it refused, or was never asked.</summary>
    public bool WasRefused => Status is >= 400 and < 500 || ReferenceEquals(this, NotSent);

    public bool Succeeded => Status is >= 200 and < 300;
}

/// <summary>Calls to LINE in the name of a channel of ours: bodies as they are; on the Module Channel one token for all bots, the bot picked by header.</summary>
internal sealed class LineUpstream(IOptions<UpstreamOptions> options, UpstreamChannels channels, StoreClock clock) : IDisposable
{
    private const int ConnectionsMax = 256;

    // One pool for the process's life: its connections are renewed so that a change of LINE's addresses is seen.
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = ConnectionsMax,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = options.Value.Timeout,
    };

    private readonly UpstreamOptions _options = options.Value;
    private readonly Uri _api = new(options.Value.ApiBaseUrl);
    private readonly ConcurrentDictionary<ChannelId, (string Secret, IChannelTokenSource Source)> _tokens = new();

    /// <summary>Where LINE's doors are, for the typed clients.</summary>
    public LineEndpoints Endpoints { get; } = new()
    {
        Api = new Uri(options.Value.ApiBaseUrl),
        Manager = new Uri(options.Value.ManagerBaseUrl),
        BotHeaderName = options.Value.BotHeader,
    };

    public HttpClient Http => _http;

    public void Dispose() => _http.Dispose();

    /// <summary>The access tokens of one channel of ours, by its secret of now; null when we have no such channel (any more).</summary>
    public IChannelTokenSource? Tokens(ChannelId channel)
    {
        if (channels.Find(channel) is not { } ours)
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
    public IChannelTokenSource TokensFor(ChannelId channel, string secret) => StatelessTokenSource.ForSecret(new ChannelTokenClient(_http, Endpoints), channel, secret, clock);

    /// <param name="pathAndQuery">LINE's path, ids already LINE's.</param>
    /// <param name="channel">Which of our channels calls.</param>
    /// <param name="body">JSON, or null.</param>
    /// <param name="retryKey">A UUID in text, or null.</param>
    public async Task<UpstreamAnswer> SendAsync(HttpMethod method, string pathAndQuery, ChannelId channel, BotId bot, ReadOnlyMemory<byte>? body, string? retryKey, CancellationToken cancellationToken)
    {
        if (Tokens(channel) is not { } tokens)
            return UpstreamAnswer.NotSent;

        using var timeout = new CancellationTokenSource(_options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            if (await TokenAsync() is not { } token)
                return UpstreamAnswer.NotSent;

            var answer = await SendOnceAsync(token);
            if (answer.Status != (int)HttpStatusCode.Unauthorized)
                return answer;

            // LINE has forgotten the token before its time: once more with a fresh one. Nothing was done, so nothing is done twice.
            tokens.Refuse(token);
            return await TokenAsync() is { } fresh ? await SendOnceAsync(fresh) : UpstreamAnswer.NotSent;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new UpstreamAnswer(0, [], null, "", null);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new UpstreamAnswer(0, [], null, "", null);
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
            using var request = new HttpRequestMessage(method, new Uri(_api, pathAndQuery));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (channels.HasControl(channel))
                request.Headers.TryAddWithoutValidation(_options.BotHeader, bot.ToString()); // An account's own channel is told by its token.
            if (retryKey is not null)
                request.Headers.TryAddWithoutValidation("X-Line-Retry-Key", retryKey);
            if (body is { } bytes)
            {
                request.Content = new ReadOnlyMemoryContent(bytes);
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            }

            using var answer = await _http.SendAsync(request, either.Token);
            return new UpstreamAnswer(
                (int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(either.Token), answer.Content.Headers.ContentType?.ToString(),
                Header(answer, "x-line-request-id") ?? "", Header(answer, "x-line-accepted-request-id"));
        }
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
