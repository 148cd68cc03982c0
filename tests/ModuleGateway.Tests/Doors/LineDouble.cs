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
}

/// <summary>LINE's API as far as these tests need it: takes calls with the channel's token, remembers them, answers as told.</summary>
public sealed partial class LineDouble : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, bool> _known = new();
    private readonly List<(Func<LineCall, bool> Matches, TaskCompletionSource<LineCall> Done)> _waiting = [];

    private LineDouble(WebApplication app) => _app = app;

    public string Origin => _app.Urls.First();

    public ConcurrentQueue<LineCall> Calls { get; } = new();

    /// <summary>Answers a call in place of 200 with an empty object; null: the usual.</summary>
    public Func<LineCall, (int Status, string Body)?> Answer { get; set; } = _ => null;

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
        app.MapPost("/oauth2/v3/token", () => line.RefuseTokens ? Results.StatusCode(500) : Results.Json(new { token_type = "Bearer", access_token = "line-token", expires_in = 900 }));
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

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

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
        if (RefuseTokens || http.Request.Headers.Authorization != "Bearer line-token")
            return Results.Json(new { message = "Authentication failed" }, statusCode: 401);

        using var reader = new StreamReader(http.Request.Body);
        var call = new LineCall(
            http.Request.Method, http.Request.Path.Value!, http.Request.Headers["X-Line-Bot-Id"].ToString(), await reader.ReadToEndAsync(), http.Request.Headers["X-Line-Retry-Key"]);
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
        if (call.Path == "/v2/bot/info")
            return Results.Json(new { userId = call.Bot, basicId = "@test", displayName = "A shop", chatMode = "bot", markAsReadMode = "auto" });
        return Results.Json(new { });
    }

    [GeneratedRegex("LU[0-9a-f]{32}-U[0-9a-f]{32}|[CR][0-9a-f]{32}")]
    private static partial Regex Ids();
}
