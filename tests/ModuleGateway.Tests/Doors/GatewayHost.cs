using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Line;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModuleGateway.Delivery;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests;

/// <summary>The gateway on a real Kestrel with its real store and registry, LINE and modules as doubles over HTTP.</summary>
public sealed class GatewayHost : IAsyncLifetime
{
    public const string ManagementKey = "a management key that is long enough";
    public const string ModuleChannelId = "1650000001";
    public const string ModuleChannelSecret = "0123456789abcdef0123456789abcdef";
    public const string OtherChannelId = "1650000002";
    public const string OtherChannelSecret = "fedcba9876543210fedcba9876543210";

    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-tests").FullName;
    private WebApplication? _app;
    private GatewayStore? _store;

    /// <summary>Where this gateway keeps its files.</summary>
    public string Folder => _folder;

    public LineDouble Line { get; private set; } = null!;

    /// <summary>How long the gateway waits for LINE.</summary>
    public string UpstreamTimeout { get; init; } = "00:00:10";

    public TestClock Clock { get; } = new();

    public CollectedLog Log { get; } = new();

    public HttpClient Http { get; private set; } = null!;

    /// <summary>Settings and services that this gateway has otherwise; in force from the next start.</summary>
    public Action<WebApplicationBuilder> Differs { get; set; } = _ => { };

    public IServiceProvider Services => _app!.Services;

    /// <summary>All that works in the background.</summary>
    internal IReadOnlyList<BackgroundService> Workers =>
        [.. typeof(GatewayApp).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(BackgroundService))).Select(type => (BackgroundService)Services.GetRequiredService(type))];

    /// <summary>Where this gateway keeps its state. The whole suite runs on PostgreSQL when MARKETPLACE_TEST_GATEWAY_STORE says so.</summary>
    public Database Store { get; init; } = Enum.TryParse<Database>(Environment.GetEnvironmentVariable("MARKETPLACE_TEST_GATEWAY_STORE"), out var chosen) ? chosen : Database.Sqlite;

    /// <summary>Connection string of a database server that the test brings; null: the one of the test run.</summary>
    public string? Server { get; init; }

    public async Task InitializeAsync()
    {
        _store = new GatewayStore(Store, Clock, Server);
        await _store.CreateAsync();
        Line = await LineDouble.StartAsync();
        await StartAsync();
    }

    public async Task StartAsync()
    {
        _app = GatewayApp.Build([], builder =>
        {
            builder.Logging.ClearProviders().AddProvider(Log);
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration.AddInMemoryCollection(Settings());
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            Differs(builder);
        });
        await _app.StartAsync();
        await _store!.FollowClockAsync();
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    /// <summary>Stops and starts behind another gateway on the same database: that one delivers, and this one is the next in line.</summary>
    public async Task StandInLineAsync()
    {
        await StopAsync();
        await _store!.DeliveredFromAsync();
        await StartAsync();
    }

    public async Task StopAsync()
    {
        Http.Dispose();
        await _app!.DisposeAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        await Line.DisposeAsync();
        await _store!.DropAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A fresh bot, attached at LINE, owned by a fresh tenant.</summary>
    public async Task<Shop> NewShopAsync(bool attached = true)
    {
        var bot = BotId.FromBits(new UInt128(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8))));
        var shop = new Shop(this, bot, TenantId.New(), OfficialAccountId.New());
        await WithRegistryAsync(db =>
        {
            db.Organisations.Add(new Organisation { Id = shop.Tenant, Slug = "shop-" + shop.Tenant.Value.ToString("N")[20..], Name = "A shop", Country = "TW", CreatedAt = Clock.GetUtcNow() });
            db.OfficialAccounts.Add(new OfficialAccount { Id = shop.Account, TenantId = shop.Tenant, BotId = bot, DisplayName = "A shop", BasicId = "@shop", ClaimedAt = Clock.GetUtcNow() });
        });
        if (attached)
            await shop.AttachAsync();
        return shop;
    }

    /// <summary>A Messaging API channel of the shop's own, as LINE's console keeps it; nothing is connected yet.</summary>
    public OwnChannelAtLine NewOwnChannel(Shop shop, string? endpoint = "https://before.example/webhook")
    {
        var own = new OwnChannelAtLine
        {
            Id = RandomNumberGenerator.GetInt32(2_000_000_000, int.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture), Bot = shop.Bot.ToString(),
            Secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), Endpoint = endpoint,
        };
        Line.OwnChannels[own.Id] = own;
        Line.Tries = async (channel, url) => url == AddressFor(channel) && await PostWebhookAsync($$"""{"destination":"{{channel.Bot}}","events":[]}""", channel.Id, channel.Secret) == HttpStatusCode.OK;
        return own;
    }

    /// <summary>The gateway's address for a channel's webhooks, as LINE knows it.</summary>
    public static string AddressFor(OwnChannelAtLine channel) => $"http://127.0.0.1:5081/webhook/{channel.Id}";

    /// <summary>A fresh bot that is connected by its own channel: its owner has gone through the wizard.</summary>
    public async Task<Shop> NewOwnChannelShopAsync()
    {
        var shop = await NewShopAsync(attached: false);
        await ConnectAsync(NewOwnChannel(shop));
        shop.OwnChannel = Line.OwnChannels.Values.Single(channel => channel.Bot == shop.Bot.ToString());
        return shop;
    }

    /// <summary>Both steps of the wizard.</summary>
    public async Task ConnectAsync(OwnChannelAtLine channel)
    {
        var id = Guid.NewGuid();
        await ManageAsync(HttpMethod.Post, $"/management/attach-requests/{id}/channel", new { channelId = channel.Id, channelSecret = channel.Secret });
        await ManageAsync(HttpMethod.Post, $"/management/attach-requests/{id}/channel/connect");
    }

    /// <summary>Asks the management API something that it is expected to refuse; answers status and code.</summary>
    public async Task<(HttpStatusCode Status, string? Code)> RefusedAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {ManagementKey}");
        if (body is not null)
            request.Content = System.Net.Http.Json.JsonContent.Create(body);
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? null : (string?)JsonNode.Parse(text)!["code"]);
    }

    /// <summary>Changes the registry as the portal would, and waits until the gateway acts by it.</summary>
    public async Task WithRegistryAsync(Action<RegistryDb> change)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("Tests play the portal.");
        var db = scope.ServiceProvider.GetRequiredService<RegistryDb>();
        change(db);
        await db.SaveChangesAsync();
        await Services.GetRequiredService<RegistryFollower>().FollowAsync(CancellationToken.None);
    }

    /// <summary>Posts a webhook as LINE would.</summary>
    public async Task<HttpStatusCode> PostWebhookAsync(string body, string channel = ModuleChannelId, string secret = ModuleChannelSecret, string? signature = null)
    {
        Line.Knows(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhook/{channel}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("x-line-signature", signature ?? new LineSignature(secret).Create(Encoding.UTF8.GetBytes(body)));
        using var answer = await Http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Completes when everything accepted so far is routed, by the worker or here: a route of one's own may take one bot of several, or leave what follows an attach to the next.</summary>
    public async Task RouteAsync()
    {
        var (store, router) = (Services.GetRequiredService<IGatewayStore>(), Services.GetRequiredService<EventRouter>());
        do
        {
            await store.WriteAsync(tx => router.Route(tx, 10_000).Count);
        }
        while (await store.ReadAsync(tx => tx.Events.Accepted(1).Count) > 0);
    }

    /// <summary>Moves the clock when every delivery is over and recorded: a try that is on its way would run into its time-out.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        await RouteAsync();
        await Services.GetRequiredService<DeliveryEngine>().RestingAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Clock.Advance(by);
    }

    public async Task<JsonNode> ManageAsync(string path) => (await ManageAsync(HttpMethod.Get, path))!;

    /// <returns>Null: an answer without a body.</returns>
    public async Task<JsonNode?> ManageAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {ManagementKey}");
        if (body is not null)
            request.Content = System.Net.Http.Json.JsonContent.Create(body);
        using var answer = await Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    /// <summary>The configuration that this gateway runs with.</summary>
    public Dictionary<string, string?> Settings() => new(_store!.Settings)
    {
        ["Data:Folder"] = _folder,
        ["Upstream:ApiBaseUrl"] = Line.Origin,
        ["Upstream:DataBaseUrl"] = Line.Origin,
        ["Upstream:ManagerBaseUrl"] = Line.Origin,
        ["Upstream:Timeout"] = UpstreamTimeout,
        ["Upstream:Channels:0:ChannelId"] = ModuleChannelId,
        ["Upstream:Channels:0:ChannelSecret"] = ModuleChannelSecret,
        ["Upstream:Channels:1:ChannelId"] = OtherChannelId,
        ["Upstream:Channels:1:ChannelSecret"] = OtherChannelSecret,
        ["Upstream:Channels:1:Kind"] = "MessagingApi",
        ["Delivery:AllowPrivateAddresses"] = "true",
        ["Attaching:PublicUrl"] = "http://127.0.0.1:5081",
        ["Attaching:ReturnOrigins:0"] = "http://127.0.0.1:5080",
        ["Management:Key"] = ManagementKey,
    };
}
