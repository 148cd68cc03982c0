using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ModuleGateway.Tests.Observing;

/// <summary>Takes what is exported by OTLP over HTTP, as it comes: texts stand in it as they are.</summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Collector(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public ConcurrentQueue<(string Signal, byte[] Body)> Got { get; } = new();

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var collector = new Collector(app);
        app.MapPost("/v1/{signal}", async (string signal, HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            collector.Got.Enqueue((signal, body.ToArray()));
        });
        await app.StartAsync();
        return collector;
    }

    public bool Has(string signal, string text) => Has(signal, Encoding.UTF8.GetBytes(text));

    public bool Has(string signal, byte[] bytes) => Got.Any(one => one.Signal == signal && one.Body.AsSpan().IndexOf(bytes) >= 0);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
