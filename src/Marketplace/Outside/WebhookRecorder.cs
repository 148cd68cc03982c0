using System.Threading.Channels;
using Line;
using Line.Webhooks;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Marketplace.Outside;

/// <summary>A partner's web service that only listens: a real Kestrel on a free port, which answers 200 and keeps what came.</summary>
internal sealed class WebhookRecorder : IAsyncDisposable
{
    private const int KeptMax = 1000; // Far beyond what one run receives; the oldest goes.

    private readonly WebApplication _app;
    private readonly Channel<Received> _received = Channel.CreateBounded<Received>(new BoundedChannelOptions(KeptMax) { FullMode = BoundedChannelFullMode.DropOldest });

    private WebhookRecorder(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/webhook");

    public static async Task<WebhookRecorder> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, Hosting.SilentLifetime>();
        var app = builder.Build();
        var recorder = new WebhookRecorder(app);
        app.MapPost("/webhook", recorder.TakeAsync);
        await app.StartAsync(cancellationToken);
        return recorder;
    }

    /// <summary>The next event for which this holds, and the request that brought it.</summary>
    public async Task<(Received Request, WebhookEvent Event)> NextAsync(Func<WebhookEvent, bool> isIt, CancellationToken cancellationToken)
    {
        while (true)
        {
            var request = await _received.Reader.ReadAsync(cancellationToken);
            if (WebhookReader.TryRead(request.Body.Span, out var read, out _) && read.Events.FirstOrDefault(isIt) is { } found)
                return (request, found);
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        _received.Writer.TryWrite(new Received(body.ToArray(), http.Request.Headers[LineSignature.HeaderName].ToString()));
    }

    /// <summary>One webhook request.</summary>
    /// <param name="Body">Byte for byte.</param>
    /// <param name="Signature">The header as it came.</param>
    internal sealed record Received(ReadOnlyMemory<byte> Body, string Signature);
}
