using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Line;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sandbox.Tests.Support;

/// <summary>A channel's server: takes webhooks on a real port, checks each signature, and hands the events to the test.</summary>
public sealed class WebhookRecorder : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly WebApplication _app;
    private readonly Channel<Received> _events = Channel.CreateUnbounded<Received>();
    private readonly ConcurrentQueue<int> _answers = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _hangs;

    private WebhookRecorder(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    /// <summary>The key that signatures must bear; set once the channel is known.</summary>
    public string Secret { get; set; } = "";

    public static async Task<WebhookRecorder> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var recorder = new WebhookRecorder(builder.Build());
        recorder._app.MapPost("/hook", recorder.TakeAsync);
        await recorder._app.StartAsync();
        recorder.Url = $"{recorder._app.Urls.First()}/hook";
        return recorder;
    }

    /// <summary>The next requests are answered with these; then 200 again.</summary>
    public void Answers(params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            _answers.Enqueue(status);
    }

    /// <summary>From now on no request is answered.</summary>
    public void Hangs() => _hangs = true;

    /// <summary>The next event, of whatever type.</summary>
    public async Task<Received> NextAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            return await _events.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No webhook within {Limit}.");
        }
    }

    /// <summary>The next event, which must be of this type: so a test also sees that nothing else came before.</summary>
    public async Task<Received> NextAsync(string type)
    {
        var next = await NextAsync();
        next.Type.ShouldBe(type, next.Event.GetRawText());
        return next;
    }

    public async ValueTask DisposeAsync()
    {
        _released.TrySetResult();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var bytes = body.ToArray();
        var isSigned = new LineSignature(Secret).IsValid(bytes, http.Request.Headers[LineSignature.HeaderName].ToString());
        var root = JsonSerializer.Deserialize<JsonElement>(bytes);
        foreach (var sent in root.GetProperty("events").EnumerateArray())
            await _events.Writer.WriteAsync(new Received(root.GetProperty("destination").GetString()!, sent.Clone(), isSigned, http.Request.ContentType));

        if (_hangs)
            await _released.Task;
        http.Response.StatusCode = _answers.TryDequeue(out var status) ? status : 200;
    }
}
