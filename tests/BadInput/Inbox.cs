using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BadInput;

/// <summary>The modules' own server: takes their webhooks, one queue for each module's path.</summary>
internal sealed class Inbox : IAsyncDisposable
{
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(60);
    private readonly WebApplication _app;
    private readonly Dictionary<string, Channel<JsonNode>> _events = [];

    private Inbox(WebApplication app) => _app = app;

    public static async Task<Inbox> StartAsync(params string[] modules)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var inbox = new Inbox(builder.Build());
        foreach (var module in modules)
            inbox._events[module] = Channel.CreateUnbounded<JsonNode>();
        inbox._app.MapPost("/{module}", async (string module, HttpRequest request) =>
        {
            var body = await JsonNode.ParseAsync(request.Body);
            foreach (var one in body!["events"]!.AsArray())
                inbox._events[module].Writer.TryWrite(one!);
        });
        await inbox._app.StartAsync();
        return inbox;
    }

    public Uri UrlOf(string module) => new($"{_app.Urls.First()}/{module}");

    /// <summary>The module's next event for which this holds; others before it are gone.</summary>
    public async Task<JsonNode> NextAsync(string module, Func<JsonNode, bool> isIt)
    {
        using var limit = new CancellationTokenSource(Max);
        while (true)
        {
            var one = await _events[module].Reader.ReadAsync(limit.Token);
            if (isIt(one))
                return one;
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
