using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketplace.Development;
using Marketplace.Hosting;
using Marketplace.Outside;
using Marketplace.Tests.Hosting;

namespace RealClients;

/// <summary>One run of every operation of LINE's Node SDK, by a module of its own on an account of its own: gateway and LINE's platform are real servers in this process.</summary>
public sealed class SdkRun : IAsyncLifetime
{
    internal const string Name = "One run of LINE's SDK";

    private const string KeyId = "development-key";

    /// <summary>A verified account: others get neither lists of their followers nor of a group's members.</summary>
    private const string AccountName = "A verified shop";

    private static readonly TimeSpan Max = TimeSpan.FromMinutes(4);

    private readonly List<Outcome> _outcomes = [];

    /// <summary>What became of each operation, in the order in which they were called.</summary>
    internal IReadOnlyList<Outcome> Outcomes => _outcomes;

    internal Traffic Traffic { get; } = new();

    /// <summary>Webhooks that the SDK's middleware refused, each with what it said.</summary>
    public List<string> RefusedWebhooks { get; } = [];

    public async Task InitializeAsync()
    {
        using var limit = new CancellationTokenSource(Max);
        await SdkFolder.FetchAsync();
        await using var market = await Market.StartAsync((room, builder) =>
        {
            if (room is Room.Gateway or Room.Sandbox)
                Traffic.Record(builder, room == Room.Gateway ? "module" : "line");
        });
        await using var module = NodeProgram.Start(SdkFolder.Path, new Dictionary<string, string>(), "module.mjs");
        var port = (await module.ReadAsync(limit.Token)).GetProperty("port").GetInt32();

        using var http = new HttpClient();
        using var key = RSA.Create(2048);
        var webhookUrl = new Uri($"http://127.0.0.1:{port}/webhook");
        var setUp = new DevelopmentSetUp(http, market.Addresses, TimeProvider.System);
        using var made = await http.PostAsJsonAsync(new Uri(market.Addresses.Sandbox, "/sandbox/api/accounts"), new { name = AccountName, brandType = "verified" }, limit.Token);
        made.EnsureSuccessStatusCode();
        var (access, _) = await setUp.MakeAsync(webhookUrl, AccountName, limit.Token, KeySet(key));
        var person = await new SandboxConsole(http, market.Addresses.Sandbox).AddPersonAsync("Mei", limit.Token);
        await module.WriteAsync(JsonSerializer.Serialize(
            new
            {
                access.ChannelId, access.ChannelSecret, access.ChannelAccessToken, BotId = access.BotId.ToString(), access.BaseUrl, webhookUrl, keyId = KeyId,
                privateKey = key.ExportPkcs8PrivateKeyPem(), sandbox = market.Addresses.Origin(Room.Sandbox), person = person.Id,
                pictureUrl = "https://media.example/picture.png",
            },
            JsonSerializerOptions.Web));

        while (true)
        {
            var said = await module.ReadAsync(limit.Token);
            if (said.TryGetProperty("done", out _))
                break;
            if (said.TryGetProperty("webhook", out var webhook))
                Traffic.AddWebhook(webhook.GetRawText());
            else if (said.TryGetProperty("refusedWebhook", out var refused))
                RefusedWebhooks.Add(refused.GetString()!);
            else
                _outcomes.Add(said.Deserialize<Outcome>(JsonSerializerOptions.Web)!);
        }

        module.EndInput();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static JsonObject KeySet(RSA key)
    {
        var numbers = key.ExportParameters(includePrivateParameters: false);
        var one = new JsonObject
        {
            ["kty"] = "RSA", ["alg"] = "RS256", ["use"] = "sig", ["kid"] = KeyId,
            ["n"] = System.Buffers.Text.Base64Url.EncodeToString(numbers.Modulus!), ["e"] = System.Buffers.Text.Base64Url.EncodeToString(numbers.Exponent!),
        };
        return new JsonObject { ["keys"] = new JsonArray(one) };
    }

    /// <summary>What became of one operation.</summary>
    /// <param name="Operation">Client and method, as the SDK names them.</param>
    /// <param name="Name">The outcome: <c>works</c>, <c>refused 404</c>, or why it could not be told.</param>
    /// <param name="Body">LINE-shaped refusal.</param>
    /// <param name="Error">What failed in the scenario itself.</param>
    internal sealed record Outcome(string Operation, [property: System.Text.Json.Serialization.JsonPropertyName("outcome")] string Name, string? Body, string? Error);
}

[CollectionDefinition(SdkRun.Name)]
public sealed class SdkRunTests : ICollectionFixture<SdkRun>;
