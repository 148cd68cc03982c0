using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Line;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModuleGateway;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using Tenancy;

namespace Benchmarks;

/// <summary>A gateway on its own Kestrel and its real store in a fresh folder, one Official Account with two modules, LINE and the modules played by servers that answer at once.</summary>
internal sealed class BenchGateway : IAsyncDisposable
{
    public const string BotText = "U0123456789abcdef0123456789abcdef";
    public const string ChannelId = "1650000001";
    public const string ChannelSecret = "0123456789abcdef0123456789abcdef";
    private static readonly string[] AllScopes = [Scopes.MessageSend, Scopes.MessageReceive];

    private static readonly CallRule ControlRule = new(Scopes.MessageReceive, Standing.CanHold);

    private readonly string _folder = Directory.CreateTempSubdirectory("benchmarks").FullName;
    private readonly string[] _secrets = [.. Enumerable.Range(0, 2).Select(_ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)))];
    private readonly AuthenticationHeaderValue[] _tokens = new AuthenticationHeaderValue[2];
    private readonly LinkageId[] _linkages = [LinkageId.New(), LinkageId.New()];
    private readonly ConcurrentDictionary<string, long> _atLine = new();
    private WebApplication? _outside;
    private Uri? _line;
    private WebApplication? _gateway;

    public BotId Bot { get; } = BotId.Parse(BotText, null);

    /// <summary>The folder of the embedded store.</summary>
    public string Folder => _folder;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 });

    public IServiceProvider Services => _gateway!.Services;

    /// <param name="settings">Laid over the configuration: another store than a file, other limits.</param>
    /// <param name="line">Plays LINE, with <see cref="BotText"/> and <see cref="ChannelId"/> attached; null: a server that answers at once.</param>
    public static async Task<BenchGateway> StartAsync(IReadOnlyDictionary<string, string?> settings, Uri? line = null)
    {
        var bench = new BenchGateway();
        await bench.StartOutsideAsync();
        bench._line = line ?? new Uri(bench._outside!.Urls.First());
        bench._gateway = GatewayApp.Build([], builder =>
        {
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration.AddInMemoryCollection(bench.Settings(settings));
        });
        await bench._gateway.StartAsync();
        bench.Http.BaseAddress = new Uri(bench._gateway.Urls.First());
        await bench.LinkAsync();
        return bench;
    }

    /// <summary>A customer writes, so that the chat is known; what each module calls it.</summary>
    /// <param name="user">As LINE calls the customer; null: an id made of the number.</param>
    public async Task<string> MeetAsync(int customer, int module, string? user = null)
    {
        user ??= $"LU{customer:x32}-{Bot}";
        await PostAsync(new JsonObject
        {
            ["type"] = "message", ["mode"] = "active", ["replyToken"] = Guid.NewGuid().ToString("N"),
            ["message"] = new JsonObject { ["type"] = "text", ["id"] = "1", ["text"] = "hello" },
            ["source"] = new JsonObject { ["type"] = "user", ["userId"] = user },
        });
        var state = Services.GetRequiredService<GatewayState>();
        return state.Snapshot.Linkages[_linkages[module]].Ids.ToText(ModuleGateway.Linkages.UpstreamId.Read(ModuleGateway.Linkages.IdKind.User, Encoding.ASCII.GetBytes(user), Bot));
    }

    /// <summary>Completes when all that came is routed.</summary>
    public Task RoutedAsync() => Services.GetRequiredService<IGatewayStore>().WriteAsync(tx => Services.GetRequiredService<EventRouter>().Route(tx, 100_000));

    /// <summary>A call of a module's that must succeed.</summary>
    public async Task CallAsync(int module, string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = _tokens[module];
        request.Headers.TryAddWithoutValidation("X-Line-Bot-Id", Bot.ToString());
        using var answer = await Http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>How many calls the server that plays LINE has answered on this path.</summary>
    public long CallsAtLine(string path) => _atLine.GetValueOrDefault(path);

    /// <summary>What the call decides and writes, without the way to it.</summary>
    public async Task MoveAsync(int customer, int module, bool acquires)
    {
        var (admission, control, store) = (Services.GetRequiredService<Admission>(), Services.GetRequiredService<ChatControl>(), Services.GetRequiredService<IGatewayStore>());
        var (chat, linkage) = (new ChatKey(Bot, IdKind.User, (UInt128)customer), _linkages[module]);
        var isDone = await store.WriteAsync(tx =>
        {
            if (admission.Admit(tx, Bot, linkage, ControlRule, chat).Account is not { } account)
                return false;
            if (acquires)
                return control.Acquire(tx, account, chat, linkage, null, tx.Now) == AcquireAnswer.Granted;
            control.Release(tx, account, chat, linkage, tx.Now);
            return true;
        });
        if (!isDone)
            throw new InvalidOperationException("Control did not move.");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _gateway!.DisposeAsync();
        await _outside!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartOutsideAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _outside = builder.Build();
        _outside.MapPost("/oauth2/v3/token", () => Results.Json(new { token_type = "Bearer", access_token = "line-token", expires_in = 900 }));
        _outside.MapGet("/v2/bot/info", () => Results.Json(new { userId = Bot.ToString(), basicId = "@bench", displayName = "A shop", chatMode = "bot", markAsReadMode = "auto" }));
        _outside.MapFallback(async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            _atLine.AddOrUpdate(http.Request.Path.Value!, 1, (_, count) => count + 1);
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync("{}");
        });
        await _outside.StartAsync();
    }

    private async Task LinkAsync()
    {
        var provider = Services.GetRequiredService<SecretProtector>();
        var (tenant, account, now) = (TenantId.New(), OfficialAccountId.New(), TimeProvider.System.GetUtcNow());
        await using (var scope = Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("The benchmark plays the portal.");
            var db = scope.ServiceProvider.GetRequiredService<RegistryDb>();
            db.Organisations.Add(new Organisation { Id = tenant, Slug = "bench", Name = "A shop", Country = "TW", CreatedAt = now });
            db.OfficialAccounts.Add(new OfficialAccount { Id = account, TenantId = tenant, BotId = Bot, DisplayName = "A shop", BasicId = "@bench", ClaimedAt = now, DefaultLinkageId = _linkages[0] });
            for (var i = 0; i < 2; i++)
            {
                var module = ModuleId.New();
                db.Modules.Add(new Module
                {
                    Id = module, TenantId = tenant, Name = $"Module {i}", Role = ModuleRole.AnswersFirst, ChannelId = ChannelOf(i), ProtectedSecret = provider.Protect(_secrets[i]),
                    WebhookUrl = $"{_outside!.Urls.First()}/module/{i}", RequiredScopes = AllScopes, OptionalScopes = [],
                });
                db.Linkages.Add(new Linkage
                {
                    Id = _linkages[i], TenantId = tenant, OfficialAccountId = account, BotId = Bot, ModuleId = module, State = LinkageState.On, Scopes = AllScopes, CreatedAt = now,
                });
            }

            await db.SaveChangesAsync();
        }

        await Services.GetRequiredService<RegistryFollower>().FollowAsync(CancellationToken.None);
        await PostAsync(new JsonObject
        {
            ["type"] = "module", ["mode"] = "active",
            ["module"] = new JsonObject { ["type"] = "attached", ["botId"] = Bot.ToString(), ["scopes"] = new JsonArray([.. AllScopes.Select(scope => JsonValue.Create(scope))]) },
        });
        await RoutedAsync();
        for (var i = 0; i < 2; i++)
            _tokens[i] = new AuthenticationHeaderValue("Bearer", await TokenAsync(i));
    }

    private async Task<string> TokenAsync(int module)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = ChannelOf(module).ToString(), ["client_secret"] = _secrets[module],
        });
        using var answer = await Http.PostAsync("/oauth2/v3/token", form);
        answer.EnsureSuccessStatusCode();
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["access_token"]!;
    }

    private async Task PostAsync(JsonObject one)
    {
        one["webhookEventId"] = "01" + RandomNumberGenerator.GetString("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 24);
        one["timestamp"] = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        one["deliveryContext"] = new JsonObject { ["isRedelivery"] = false };
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["destination"] = Bot.ToString(), ["events"] = new JsonArray(one) }.ToJsonString());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhook/{ChannelId}") { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation(LineSignature.HeaderName, new LineSignature(ChannelSecret).Create(body));
        using var answer = await Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private static ChannelId ChannelOf(int module) => Line.ChannelId.Parse((1_700_000_000 + module).ToString(CultureInfo.InvariantCulture), null);

    private Dictionary<string, string?> Settings(IReadOnlyDictionary<string, string?> settings) => new(settings)
    {
        ["Data:Folder"] = _folder,
        ["Upstream:ApiBaseUrl"] = _line!.ToString(),
        ["Upstream:DataBaseUrl"] = _line.ToString(),
        ["Upstream:ManagerBaseUrl"] = _line.ToString(),
        ["Upstream:Channels:0:ChannelId"] = ChannelId,
        ["Upstream:Channels:0:ChannelSecret"] = ChannelSecret,
        ["Delivery:AllowPrivateAddresses"] = "true",
        ["Attaching:PublicUrl"] = "http://127.0.0.1:5081",
        ["Attaching:ReturnOrigins:0"] = "http://127.0.0.1:5080",
        ["Management:Key"] = "a management key that is long enough",
    };
}
