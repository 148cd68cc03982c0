using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Sandbox;

namespace EndToEnd.Phone;

/// <summary>LINE's stand-in alone, on a port of its own, with its seeded people and accounts.</summary>
public sealed class SandboxHost : IAsyncLifetime
{
    public const string ModuleChannelId = "1657000001";
    public const string RedirectUrl = "http://127.0.0.1:9/callback";
    private WebApplication? _app;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public HttpClient Client { get; } = new();

    public async Task InitializeAsync()
    {
        _app = SandboxApp.Build([], builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Sandbox:ModuleChannel:ChannelId"] = ModuleChannelId,
                ["Sandbox:ModuleChannel:ChannelSecret"] = "0123456789abcdef0123456789abcdef",
                ["Sandbox:ModuleChannel:WebhookUrl"] = "http://127.0.0.1:9/webhook", // The discard port: nobody there, and nothing is lost by it.
                ["Sandbox:ModuleChannel:RedirectUrls:0"] = RedirectUrl,
            });
        });
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
        Client.BaseAddress = Address;
    }

    /// <summary>The seeded accounts in their order; tests that may run with one another take different ones.</summary>
    public async Task<string> BotIdAsync(int index)
    {
        var accounts = await Client.GetFromJsonAsync<JsonElement>("/phone/api/accounts");
        return accounts[index].GetProperty("botId").GetString()!;
    }

    /// <summary>What a chat holds, as the phone would read it.</summary>
    public async Task<JsonElement> MessagesAsync(string botId, string person)
    {
        var chat = await Client.GetFromJsonAsync<JsonElement>($"/phone/api/chats/{botId}/{person}/messages");
        return chat.GetProperty("messages");
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
