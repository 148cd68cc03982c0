using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Line;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sandbox;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Channels;
using Sandbox.Modules;
using Sandbox.Statistics;
using Scopes = Sandbox.Tokens.Scopes;

namespace Benchmarks;

/// <summary>LINE as the sandbox plays it, with its checks and its file: the account of <see cref="BenchGateway"/>, the gateway's channel attached, and people who are friends.</summary>
internal sealed class SandboxLine : IAsyncDisposable
{
    private static readonly BotId Bot = BotId.Parse(BenchGateway.BotText, null);

    private readonly string _folder = Directory.CreateTempSubdirectory("benchmarks-line").FullName;
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 });
    private WebApplication? _app;
    private AuthenticationHeaderValue? _token;

    public Uri Url { get; private set; } = null!;

    /// <param name="callsPerSecond">The limit of each kind of call.</param>
    public static async Task<SandboxLine> StartAsync(int callsPerSecond)
    {
        var line = new SandboxLine();
        line._app = SandboxApp.Build([], builder =>
        {
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Data:Folder"] = line._folder,
                ["Sandbox:DataFile"] = Path.Combine(line._folder, "sandbox.db"),
                ["Sandbox:Seed"] = "false",
                ["Sandbox:UsualCallsPerSecond"] = callsPerSecond.ToString(CultureInfo.InvariantCulture),
                ["Sandbox:ModuleChannel:ChannelId"] = BenchGateway.ChannelId,
                ["Sandbox:ModuleChannel:ChannelSecret"] = BenchGateway.ChannelSecret,
            });
        });
        await line._app.StartAsync();
        line._http.BaseAddress = line.Url = new Uri(line._app.Urls.First());
        line.Attach();
        line._token = new AuthenticationHeaderValue("Bearer", await line.TokenAsync());
        return line;
    }

    /// <summary>Somebody new, a friend of the account's; what LINE calls them.</summary>
    public async Task<string> FriendAsync()
    {
        var person = (await PostAsync("/sandbox/api/people", new { name = "A customer" })).GetProperty("id").GetString();
        await PostAsync($"/phone/api/chats/{Bot}/{person}/follow", new { });
        var ids = await _http.GetFromJsonAsync<JsonElement>($"/sandbox/api/channels/{BenchGateway.ChannelId}/user-id?botId={Bot}&personId={person}");
        return ids.GetProperty("userId").GetString()!;
    }

    /// <summary>A call as the gateway makes it, which must succeed.</summary>
    public async Task CallAsync(string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = _token;
        request.Headers.TryAddWithoutValidation("X-Line-Bot-Id", BenchGateway.BotText);
        using var answer = await _http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>How many pushes it has sent, yesterday's too: a measure may go over midnight.</summary>
    public long Pushed()
    {
        var today = LineTime.DayOf(TimeProvider.System.GetUtcNow());
        var log = _app!.Services.GetRequiredService<SendLog>();
        return log.On(today, SendKind.Push, Bot, channelId: null) + log.On(today.AddDays(-1), SendKind.Push, Bot, channelId: null);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Attach()
    {
        var services = _app!.Services;
        services.GetRequiredService<AccountDirectory>().TryAdd(new OfficialAccount(Bot, "@111bench", "A shop", "A shop", Region.Tw, BrandType.Verified, "#5b6b8c"));
        services.GetRequiredService<ChannelDirectory>().TryFind(BenchGateway.ChannelId, out var channel);
        services.GetRequiredService<LinkageBook>().Attach(channel!, Bot, [Scopes.MessageSend, Scopes.MessageReceive], TimeProvider.System.GetUtcNow());
    }

    private async Task<string> TokenAsync()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = BenchGateway.ChannelId, ["client_secret"] = BenchGateway.ChannelSecret,
        });
        using var answer = await _http.PostAsync("/oauth2/v3/token", form);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}
