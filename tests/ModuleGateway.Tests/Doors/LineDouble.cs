using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ModuleGateway.Tests;

/// <summary>A call that the gateway made at LINE.</summary>
public sealed record LineCall(string Method, string Path, string Bot, string Body, string? RetryKey)
{
    /// <summary>LINE's id of the call.</summary>
    public string RequestId { get; } = Guid.NewGuid().ToString();

    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Query { get; init; } = "";

    public string? DeliveryTag { get; init; }

    /// <summary>The account's own channel whose token was shown; null for the Module Channel's.</summary>
    public string? OwnChannel { get; init; }
}

/// <summary>An account's own Messaging API channel as LINE's console keeps it.</summary>
public sealed class OwnChannelAtLine
{
    public required string Id { get; init; }

    public required string Bot { get; init; }

    public string Secret { get; set; } = "";

    public string? Endpoint { get; set; }

    /// <summary>"Use webhook".</summary>
    public bool UsesWebhook { get; set; } = true;
}

/// <summary>LINE's API as far as these tests need it: takes calls with the channel's token, remembers them, answers as told.</summary>
public sealed partial class LineDouble : IAsyncDisposable
{
    public const string EndpointPath = "/v2/bot/channel/webhook/endpoint";
    private const string OwnTokenPrefix = "own-token-";
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, bool> _known = new();
    private readonly List<(Func<LineCall, bool> Matches, TaskCompletionSource<LineCall> Done)> _waiting = [];

    private LineDouble(WebApplication app) => _app = app;

    public string Origin => _app.Urls.First();

    public ConcurrentQueue<LineCall> Calls { get; } = new();

    /// <summary>Answers a call in place of 200 with an empty object; null: the usual.</summary>
    public Func<LineCall, (int Status, string Body)?> Answer { get; set; } = _ => null;

    /// <summary>Takes a call whole, before its body is read, and answers it; false: the usual.</summary>
    public Func<HttpContext, Task<bool>> Takes { get; set; } = _ => Task.FromResult(false);

    /// <summary>What happens at LINE before a call is answered.</summary>
    public Func<LineCall, Task> AnswerLater { get; set; } = _ => Task.CompletedTask;

    /// <summary>Answers a code exchange; null: refused as an unknown code.</summary>
    public Func<string, (int Status, string Body)?> TokenAnswer { get; set; } = _ => null;

    /// <summary>Calls whose connection LINE cuts without an answer.</summary>
    public Func<LineCall, bool> HangUp { get; set; } = _ => false;

    /// <summary>LINE takes no access token and issues none.</summary>
    public bool RefuseTokens { get; set; }

    /// <summary>What happens at LINE before a code exchange is answered.</summary>
    public Func<Task> TokenAnswerLater { get; set; } = () => Task.CompletedTask;

    /// <summary>Accounts' own channels, by id.</summary>
    public ConcurrentDictionary<string, OwnChannelAtLine> OwnChannels { get; } = new();

    /// <summary>How LINE fares when it tries a channel's webhook URL: whether it was answered with 2xx.</summary>
    public Func<OwnChannelAtLine, string, Task<bool>> Tries { get; set; } = (_, _) => Task.FromResult(true);

    /// <summary>The forms of code exchanges.</summary>
    public ConcurrentQueue<string> TokenForms { get; } = new();

    /// <summary>Users, groups and rooms that this text names are there from now on; of anybody else LINE has no profile.</summary>
    public void Knows(string text)
    {
        foreach (var id in Ids().Matches(text).Select(match => match.Value))
            _known[id] = true;
    }

    public static async Task<LineDouble> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var line = new LineDouble(app);
        app.MapPost("/oauth2/v3/token", (Delegate)line.IssueAsync);
        app.MapPost("/module/auth/v1/token", (Delegate)line.ExchangeAsync);
        app.MapFallback((Delegate)line.AnswerAsync);
        await app.StartAsync();
        return line;
    }

    /// <summary>Completes with the first call, made already or to come, that matches.</summary>
    public Task<LineCall> CalledAsync(Func<LineCall, bool> matches)
    {
        var done = new TaskCompletionSource<LineCall>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (Calls.FirstOrDefault(matches) is { } made)
                return Task.FromResult(made);
            _waiting.Add((matches, done));
        }

        return done.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Completes with the call that makes so many of this kind.</summary>
    public Task<LineCall> CalledAsync(Func<LineCall, bool> matches, int times) => CalledAsync(call => matches(call) && Calls.Count(matches) >= times);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> IssueAsync(HttpContext http)
    {
        if (RefuseTokens)
            return Results.StatusCode(500);

        var form = await http.Request.ReadFormAsync();
        if (!OwnChannels.TryGetValue(form["client_id"].ToString(), out var own))
            return Results.Json(new { token_type = "Bearer", access_token = "line-token", expires_in = 900 });

        return form["client_secret"] == own.Secret
            ? Results.Json(new { token_type = "Bearer", access_token = OwnTokenPrefix + own.Id, expires_in = 900 })
            : Results.Json(new { error = "invalid_request", error_description = "Invalid 'client_credentials'." }, statusCode: 400);
    }

    private async Task<IResult> ExchangeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var form = await reader.ReadToEndAsync();
        TokenForms.Enqueue(form);
        await TokenAnswerLater();
        var (status, body) = TokenAnswer(form) ?? (400, """{"error":"invalid_grant"}""");
        return Results.Text(body, "application/json", statusCode: status);
    }

    private async Task<IResult> AnswerAsync(HttpContext http)
    {
        var token = http.Request.Headers.Authorization.ToString()["Bearer ".Length..];
        var own = token.StartsWith(OwnTokenPrefix, StringComparison.Ordinal) ? OwnChannels.GetValueOrDefault(token[OwnTokenPrefix.Length..]) : null;
        if (RefuseTokens || (token != "line-token" && own is null))
            return Results.Json(new { message = "Authentication failed" }, statusCode: 401);

        if (await Takes(http))
            return Results.Empty;

        using var reader = new StreamReader(http.Request.Body);
        var call = new LineCall(
            http.Request.Method, http.Request.Path.Value!, http.Request.Headers["X-Line-Bot-Id"].ToString(), await reader.ReadToEndAsync(), http.Request.Headers["X-Line-Retry-Key"])
        {
            OwnChannel = own?.Id,
            Query = http.Request.QueryString.Value!,
            DeliveryTag = http.Request.Headers["X-Line-Delivery-Tag"],
        };
        Calls.Enqueue(call);
        lock (_gate)
        {
            foreach (var waiting in _waiting.Where(one => one.Matches(call)).ToList())
            {
                _waiting.Remove(waiting);
                waiting.Done.SetResult(call);
            }
        }

        http.Response.Headers["x-line-request-id"] = call.RequestId;
        await AnswerLater(call);
        if (HangUp(call))
        {
            http.Abort();
            return Results.Empty;
        }

        if (Answer(call) is { } told)
            return Results.Text(told.Body, "application/json", statusCode: told.Status);
        if (call.Method == "GET" && Ids().Matches(call.Path).Any(match => !_known.ContainsKey(match.Value)))
            return Results.Json(new { message = "Not found" }, statusCode: 404);
        if (own is not null && await OwnAnswerAsync(own, call) is { } answer)
            return answer;
        if (call.Path == "/v2/bot/info")
            return Results.Json(new { userId = call.Bot, basicId = "@test", displayName = "A shop", chatMode = "bot", markAsReadMode = "auto" });
        return Results.Json(new { });
    }

    [GeneratedRegex("LU[0-9a-f]{32}-U[0-9a-f]{32}|[CR][0-9a-f]{32}")]
    private static partial Regex Ids();
    private async Task<IResult?> OwnAnswerAsync(OwnChannelAtLine channel, LineCall call)
    {
        switch (call.Method, call.Path)
        {
            case ("GET", "/v2/bot/info"):
                return Results.Json(new { userId = channel.Bot, basicId = "@own", displayName = "A shop of its own", chatMode = "bot", markAsReadMode = "auto" });
            case ("GET", EndpointPath):
                return channel.Endpoint is null
                    ? Results.Json(new { message = "Webhook endpoint not found" }, statusCode: 404)
                    : Results.Json(new { endpoint = channel.Endpoint, active = channel.UsesWebhook });
            case ("PUT", EndpointPath):
                channel.Endpoint = (string)call.Json["endpoint"]!;
                return Results.Json(new { });
            case ("POST", "/v2/bot/channel/webhook/test"):
                var isTaken = await Tries(channel, (string)call.Json["endpoint"]!);
                return Results.Json(new { success = isTaken, timestamp = "2020-09-30T05:38:20.031Z", statusCode = isTaken ? 200 : 0, reason = isTaken ? "OK" : "COULD_NOT_CONNECT", detail = "" });
            default:
                return null;
        }
    }
}
