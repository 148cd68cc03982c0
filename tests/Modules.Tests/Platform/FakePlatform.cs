using System.Collections.Concurrent;
using System.Text.Json;
using Line;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Modules.Tests.Platform;

/// <summary>The platform as a module meets it: tokens, reply, push, control, profile; as strict as LINE where a module could go wrong.</summary>
public sealed class FakePlatform : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, bool> _replyTokens = new(); // True: used.
    private readonly ConcurrentDictionary<string, bool> _retryKeys = new();
    private readonly ConcurrentDictionary<string, bool> _held = new(); // Chats that the module holds.
    private Func<string, Task<int?>> _before = static _ => Task.FromResult<int?>(null);
    private Func<string, Task> _after = static _ => Task.CompletedTask;
    private int _count;

    private FakePlatform(WebApplication app) => _app = app;

    public static BotId Bot { get; } = BotId.Parse("Uab012345678901234567890123456789");

    public CallLog Calls { get; } = new();

    public Uri Origin => new(_app.Urls.Single());

    /// <summary>Whether the module may push where it holds nothing.</summary>
    public bool IsDefaultActive { get; set; }

    public static async Task<FakePlatform> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var platform = new FakePlatform(app);
        app.Run(platform.HandleAsync);
        await app.StartAsync();
        return platform;
    }

    /// <summary>A token that one reply may use.</summary>
    public string NewReplyToken()
    {
        var token = $"rt-{Interlocked.Increment(ref _count)}";
        _replyTokens[token] = false;
        return token;
    }

    /// <summary>Before a call is dealt with: a status to refuse with, or null to go on.</summary>
    public void Before(Func<string, Task<int?>> before) => _before = before;

    /// <summary>After a call is dealt with, before it is answered.</summary>
    public void After(Func<string, Task> after) => _after = after;

    public bool IsHeld(string chat) => _held.ContainsKey(chat);

    public void TakeAway(string chat) => _held.TryRemove(chat, out _);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var bot = context.Request.Headers["X-Line-Bot-Id"].ToString();
        var retryKey = context.Request.Headers["X-Line-Retry-Key"].ToString() is { Length: > 0 } key ? key : null;
        var (status, answer) = await _before(path) is { } refused ? (refused, """{"message":"Refused by the test"}""") : Answer(path, body, retryKey, context);
        Calls.Add(new PlatformCall(context.Request.Method, path, bot, body, retryKey, status));
        await _after(path);

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers["x-line-request-id"] = Guid.NewGuid().ToString();
        await context.Response.WriteAsync(answer);
    }

    private (int Status, string Answer) Answer(string path, string body, string? retryKey, HttpContext context)
    {
        if (path == "/oauth2/v3/token")
        {
            return body.Contains("client_secret=secret-1", StringComparison.Ordinal)
                ? (200, """{"token_type":"Bearer","access_token":"token-1","expires_in":900}""")
                : (400, """{"error":"invalid_client","error_description":"invalid client_secret"}""");
        }

        if (context.Request.Headers.Authorization != "Bearer token-1")
            return (401, """{"message":"Authentication failed"}""");

        if (context.Request.Headers["X-Line-Bot-Id"] != Bot.ToString())
            return (403, """{"message":"Access to this API is not available for your account"}""");

        return path.Split('/') switch
        {
            [_, "v2", "bot", "message", "reply"] => Reply(JsonDocument.Parse(body).RootElement),
            [_, "v2", "bot", "message", "push"] => Push(JsonDocument.Parse(body).RootElement, retryKey, context),
            [_, "v2", "bot", "chat", "loading", "start"] => (202, "{}"),
            [_, "v2", "bot", "chat", var chat, "control", "acquire"] => Acquire(chat),
            [_, "v2", "bot", "chat", var chat, "control", "release"] => Release(chat),
            [_, "v2", "bot", "profile", _] => (200, """{"displayName":"小美","userId":"x","pictureUrl":"http://127.0.0.1/p.svg"}"""),
            [_, "v2", "bot", "user", _, "linkToken"] => (200, """{"linkToken":"a-link-token/+="}"""),
            [_, "v2", "bot", "info"] => (200, $$"""{"userId":"{{Bot}}","basicId":"@shop","displayName":"巷口小店"}"""),
            _ => (404, """{"message":"Not found"}"""),
        };
    }

    private (int, string) Reply(JsonElement call) =>
        _replyTokens.TryUpdate(call.GetProperty("replyToken").GetString()!, newValue: true, comparisonValue: false)
            ? (200, """{"sentMessages":[{"id":"1"}]}""")
            : (400, """{"message":"Invalid reply token"}""");

    private (int, string) Push(JsonElement call, string? retryKey, HttpContext context)
    {
        if (!IsDefaultActive && !IsHeld(call.GetProperty("to").GetString()!))
            return (403, """{"message":"This module is on standby in this chat. Acquire control first."}""");

        if (retryKey is null || _retryKeys.TryAdd(retryKey, true))
            return (200, """{"sentMessages":[{"id":"1"}]}""");

        context.Response.Headers["x-line-accepted-request-id"] = "earlier";
        return (409, """{"message":"The retry key is already accepted"}""");
    }

    private (int, string) Acquire(string chat)
    {
        _held[chat] = true;
        return (200, "{}");
    }

    private (int, string) Release(string chat)
    {
        _held.TryRemove(chat, out _);
        return (200, "{}");
    }
}
