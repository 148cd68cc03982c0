using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Line;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ModuleGateway.Tests;

/// <summary>One webhook request that a module got.</summary>
/// <param name="Attempt">0: no delivery, but a try of the URL.</param>
public sealed record Got(string Body, bool SignatureIsValid, int Attempt)
{
    /// <summary>What stood beside the body.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public JsonObject Json => (JsonObject)JsonNode.Parse(Body)!;

    public IReadOnlyList<JsonObject> Events => [.. Json["events"]!.AsArray().Select(one => (JsonObject)one!)];
}

/// <summary>A partner's module on a real server: takes webhooks, checks their signature, answers as told.</summary>
public sealed class ModuleDouble : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly LineSignature _signature;
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<Got> _arrived = Channel.CreateUnbounded<Got>();

    private ModuleDouble(WebApplication app, string secret)
    {
        _app = app;
        _signature = new LineSignature(secret);
    }

    public string Url => _app.Urls.First() + "/webhook";

    /// <summary>Everything that came, in order of arrival.</summary>
    public ConcurrentQueue<Got> All { get; } = new();

    /// <summary>Status of the answer; 200 unless told otherwise.</summary>
    public Func<Got, int> Status { get; set; } = _ => 200;

    /// <summary>What it says beside the status; nothing unless told otherwise.</summary>
    public Func<Got, string?> Answer { get; set; } = _ => null;

    /// <summary>The answer's <c>Retry-After</c>; none unless told otherwise.</summary>
    public Func<Got, string?> RetryAfter { get; set; } = _ => null;

    /// <summary>What the module does before it answers; at once unless told otherwise.</summary>
    public Func<Got, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Completes when the gateway gives up a request that it did not wait for any longer.</summary>
    public Task AbandonedAsync => _abandoned.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public static async Task<ModuleDouble> StartAsync(string secret)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var module = new ModuleDouble(app, secret);
        app.MapPost("/webhook", (Delegate)module.TakeAsync);
        await app.StartAsync();
        return module;
    }

    /// <summary>The next webhook that is not about the linkage itself.</summary>
    public async Task<Got> NextAsync()
    {
        while (true)
        {
            var got = await NextOfAnyKindAsync();
            if (got.Events.All(one => (string?)one["type"] is not ("module" or "defaultActive")))
                return got;
        }
    }

    public async Task<Got> NextOfAnyKindAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _arrived.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The next event of this type.</summary>
    public async Task<JsonObject> NextAsync(string type)
    {
        while (true)
        {
            var got = await NextOfAnyKindAsync();
            if (got.Events.FirstOrDefault(one => (string?)one["type"] == type) is { } found)
                return found;
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer);
        var body = buffer.ToArray();
        var got = new Got(
            Encoding.UTF8.GetString(body),
            _signature.IsValid(body, http.Request.Headers[LineSignature.HeaderName].ToString()),
            int.TryParse(http.Request.Headers["x-delivery-attempt"].ToString(), out var attempt) ? attempt : 0)
        {
            Headers = http.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
        };
        All.Enqueue(got);
        _arrived.Writer.TryWrite(got);
        await using var gone = http.RequestAborted.Register(() => _abandoned.TrySetResult());
        await Before(got);
        if (RetryAfter(got) is { } wait)
            http.Response.Headers.RetryAfter = wait;
        return Answer(got) is { } answer ? Results.Text(answer, statusCode: Status(got)) : Results.StatusCode(Status(got));
    }
}
