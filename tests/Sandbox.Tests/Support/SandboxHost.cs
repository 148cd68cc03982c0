using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Sandbox.Tests.Support;

/// <summary>The sandbox on a real port. Tests of a class share it, and never share accounts, people or channels.</summary>
public sealed class SandboxHost : IAsyncLifetime, IAsyncDisposable
{
    private readonly Dictionary<string, string?> _settings = [];
    private WebApplication? _app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Calls without a token: the console, the phone, the token endpoints.</summary>
    public HttpClient Http { get; private set; } = null!;

    /// <summary>A sandbox of a test's own, with these settings.</summary>
    public static async Task<SandboxHost> StartAsync(params IEnumerable<(string Key, string Value)> settings)
    {
        var host = new SandboxHost();
        foreach (var (key, value) in settings)
            host._settings[key] = value;
        await host.InitializeAsync();
        return host;
    }

    public async Task InitializeAsync()
    {
        _app = SandboxApp.Build([], builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration.AddInMemoryCollection(_settings);
        });
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
        Http = new HttpClient { BaseAddress = Address };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    /// <summary>Posts JSON to the console or the phone and demands success.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await Http.PostAsJsonAsync(path, body);
        return await ReadAsync(response);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        return await ReadAsync(response);
    }

    public async Task MoveClockAsync(TimeSpan by) => await PostAsync("/sandbox/api/clock", new { seconds = by.TotalSeconds });

    public async Task<DateTimeOffset> NowAsync() => (await GetAsync("/sandbox/api/clock")).GetProperty("now").GetDateTimeOffset();

    public Task OrderFaultAsync(string kind, string botId, int times = 1, int delayMillis = 0, string? path = null) =>
        PostAsync("/sandbox/api/faults", new { kind, botId, times, delayMillis, path });

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{response.RequestMessage!.RequestUri}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}
