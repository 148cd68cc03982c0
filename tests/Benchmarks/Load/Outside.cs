using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Benchmarks.Checks;
using Line;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Load;

/// <summary>All that the gateway reaches: every module, and a LINE that agrees to everything. It keeps what modules get and looks at it later, off the clock.</summary>
internal sealed class Outside : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SemaphoreSlim _came = new(0);
    private ConcurrentQueue<Arrival> _arrivals = new();
    private int _count;
    private int _waitedFor = int.MaxValue;

    private Outside(WebApplication app) => _app = app;

    public int Port { get; private set; }

    /// <summary>Where LINE's API is.</summary>
    public Uri LineUrl => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));

    /// <summary>How long modules take to answer; at once where zero.</summary>
    public TimeSpan AnswerAfter { get; set; }

    /// <summary>Whether modules answer 503 to everything, and keep nothing of it.</summary>
    public bool IsRefusing { get; set; }

    public static async Task<Outside> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenAnyIP(0));
        var app = builder.Build();
        var outside = new Outside(app);
        app.Run(outside.TakeAsync);
        await app.StartAsync();
        outside.Port = new Uri(app.Urls.First().Replace("[::]", "127.0.0.1", StringComparison.Ordinal)).Port;
        return outside;
    }

    /// <summary>Completes when so many requests have come to modules since the last <see cref="TakeArrivals"/>.</summary>
    public async Task ReachesAsync(int count, TimeSpan within)
    {
        Volatile.Write(ref _waitedFor, count);
        if (Volatile.Read(ref _count) < count && !await _came.WaitAsync(within))
            throw new RefusedRunException($"Of {count} requests {Volatile.Read(ref _count)} came to the modules within {within.TotalSeconds:0} s.");

        Volatile.Write(ref _waitedFor, int.MaxValue);
        while (_came.Wait(0))
        {
            // Whoever counted past the mark said so too.
        }
    }

    /// <summary>Lets the modules work for so long.</summary>
    public static async Task WorksForAsync(TimeSpan time)
    {
        using var pause = new PeriodicTimer(time);
        await pause.WaitForNextTickAsync(CancellationToken.None);
    }

    /// <summary>What came since the last time.</summary>
    public IReadOnlyList<Arrival> TakeArrivals()
    {
        Interlocked.Exchange(ref _count, 0);
        return [.. Interlocked.Exchange(ref _arrivals, new ConcurrentQueue<Arrival>())];
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _came.Dispose();
    }

    private Task TakeAsync(HttpContext http) => http.Request.Path.Value!.StartsWith("/modules/", StringComparison.Ordinal) ? TakeForModuleAsync(http) : PlayLineAsync(http);

    private async Task TakeForModuleAsync(HttpContext http)
    {
        var body = new byte[(int)http.Request.ContentLength!.Value];
        await http.Request.Body.ReadExactlyAsync(body);
        var module = int.Parse(http.Request.Path.Value.AsSpan("/modules/".Length), CultureInfo.InvariantCulture);
        var arrival = new Arrival(module, Stopwatch.GetTimestamp(), body, http.Request.Headers[LineSignature.HeaderName]);
        if (IsRefusing)
        {
            http.Response.StatusCode = 503;
            return;
        }

        if (AnswerAfter > TimeSpan.Zero)
            await WorksForAsync(AnswerAfter);

        _arrivals.Enqueue(arrival);
        if (Interlocked.Increment(ref _count) >= Volatile.Read(ref _waitedFor))
            _came.Release();
    }

    private static async Task PlayLineAsync(HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null);
        if (http.Request.Path == "/v2/bot/list")
        {
            http.Response.StatusCode = 500; // This LINE keeps no list: nothing is to be compared with it.
            return;
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(http.Request.Path.Value switch
        {
            "/oauth2/v3/token" => """{"token_type":"Bearer","access_token":"line-token","expires_in":900}""",
            "/v2/bot/info" => $$"""{"userId":"{{http.Request.Headers["X-Line-Bot-Id"]}}","basicId":"@bench","displayName":"A shop","chatMode":"bot","markAsReadMode":"auto"}""",
            _ => "{}",
        });
    }
}
