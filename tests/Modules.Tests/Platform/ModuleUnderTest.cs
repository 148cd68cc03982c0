using System.Text;
using Line;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Modules.Tests.Platform;

/// <summary>A module on a real port with a database of its own, which can be stopped and started again.</summary>
public sealed class ModuleUnderTest(Func<string[], Action<WebApplicationBuilder>?, WebApplication> build, FakePlatform platform, params (string Key, string Value)[] settings) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("module-").FullName;
    private readonly HttpClient _http = new();
    private WebApplication? _app;

    public MovableClock Clock { get; } = new();

    public Uri Origin => new(_app!.Urls.Single());

    public HttpClient Http => _http;

    public async Task<ModuleUnderTest> StartAsync()
    {
        _app = build([], builder =>
        {
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration.AddInMemoryCollection(
            [
                new("Module:ChannelId", "1234567890"),
                new("Module:ChannelSecret", "secret-1"),
                new("Module:ApiBaseUrl", platform.Origin.ToString()),
                new("Module:DataFile", Path.Combine(_folder, "module.db")),
                .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
            ]);
            builder.Services.AddSingleton<TimeProvider>(Clock);
        });
        await _app.StartAsync();
        return this;
    }

    public async Task StopAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Sends events as the platform does, signed.</summary>
    public Task<HttpResponseMessage> SendAsync(params string[] events) => SendRawAsync(Request(events), secret: "secret-1");

    public static string Request(params string[] events) => $$"""{"destination":"{{FakePlatform.Bot}}","events":[{{string.Join(',', events)}}]}""";

    public Task<HttpResponseMessage> SendRawAsync(string body, string? secret)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Origin, "/webhook")) { Content = new ByteArrayContent(bytes) };
        if (secret is not null)
            request.Headers.Add("x-line-signature", new LineSignature(secret).Create(bytes));

        return _http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
