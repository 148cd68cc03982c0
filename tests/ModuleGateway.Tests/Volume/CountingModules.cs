using System.Collections.Concurrent;
using System.Text.Json;
using Line;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ModuleGateway.Tests.Volume;

/// <summary>One copy of an event as a module got it.</summary>
internal sealed record Copy(string Bot, int Module, string Id, string Type, string? Mode, bool HasReplyToken, bool IsRedelivery, string? Chat);

/// <summary>Several modules on one server, who keep what they got and tell who waits for it.</summary>
internal sealed class CountingModules : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly LineSignature[] _signatures;
    private int _badSignatures;

    private CountingModules(WebApplication app, IReadOnlyList<string> secrets)
    {
        _app = app;
        _signatures = [.. secrets.Select(secret => new LineSignature(secret))];
    }

    public ConcurrentQueue<Copy> Copies { get; } = new();

    public int BadSignatures => _badSignatures;

    public Action<Copy> Arrived { get; set; } = _ => { };

    public static async Task<CountingModules> StartAsync(IReadOnlyList<string> secrets)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var modules = new CountingModules(app, secrets);
        app.MapPost("/{module:int}", (Delegate)modules.TakeAsync);
        await app.StartAsync();
        return modules;
    }

    public string UrlOf(int module) => $"{_app.Urls.First()}/{module}";

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpContext http, int module)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer);
        var body = buffer.ToArray();
        if (!_signatures[module].IsValid(body, http.Request.Headers[LineSignature.HeaderName].ToString()))
            Interlocked.Increment(ref _badSignatures);

        using var json = JsonDocument.Parse(body);
        var bot = json.RootElement.GetProperty("destination").GetString()!;
        foreach (var one in json.RootElement.GetProperty("events").EnumerateArray())
        {
            var copy = new Copy(
                bot, module, one.GetProperty("webhookEventId").GetString()!, one.GetProperty("type").GetString()!, one.GetProperty("mode").GetString(),
                one.TryGetProperty("replyToken", out _), one.GetProperty("deliveryContext").GetProperty("isRedelivery").GetBoolean(), ChatOf(one));
            Copies.Enqueue(copy);
            Arrived(copy);
        }

        return Results.Ok();
    }

    private static string? ChatOf(JsonElement one)
    {
        if (!one.TryGetProperty("source", out var source))
            return null;
        return source.GetProperty(source.GetProperty("type").GetString() == "group" ? "groupId" : "userId").GetString();
    }
}
