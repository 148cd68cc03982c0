using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Line;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Linkages;
using ModuleGateway.Routing;
using Tenancy;

namespace ModuleGateway.Tests;

/// <summary>One Official Account in a test: its customers write to it, modules are linked to it.</summary>
public sealed class Shop(GatewayHost gateway, BotId bot, TenantId tenant, OfficialAccountId account)
{
    private static readonly string[] AllScopes = [Scopes.MessageSend, Scopes.MessageReceive, Scopes.ProfileRead, Scopes.AccountManage, Scopes.CouponManage];

    public BotId Bot { get; } = bot;

    public TenantId Tenant { get; } = tenant;

    public OfficialAccountId Account { get; } = account;

    /// <summary>The account's own channel, once it is the one that LINE's webhooks come by; null: the Module Channel.</summary>
    public OwnChannelAtLine? OwnChannel { get; set; }

    /// <summary>LINE's id for a customer, as our channel sees it: on the account's own channel the plain one of its provider.</summary>
    public string User(string name)
    {
        var plain = $"U{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name + Bot + OwnChannel?.Id)).AsSpan(0, 16))}";
        return OwnChannel is null ? $"L{plain}-{Bot}" : plain;
    }

    /// <summary>LINE's id for a group or room.</summary>
    public string Room(string name, char letter = 'C') => $"{letter}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name + Bot)).AsSpan(0, 16))}";

    /// <summary>What this linkage calls a user, group or room of LINE's.</summary>
    public static string Seen(GatewayHost gateway, LinkedDouble module, string lineId)
    {
        UpstreamId.LooksLikeId(Encoding.ASCII.GetBytes(lineId), out var kind);
        return gateway.Services.GetRequiredService<GatewayState>().Snapshot.Linkages[module.Linkage].Ids.ToText(UpstreamId.Read(kind, Encoding.ASCII.GetBytes(lineId), module.Bot));
    }

    /// <summary>LINE's word that our channel is attached.</summary>
    public Task AttachAsync() => PostAsync(new JsonObject
    {
        ["type"] = "module",
        ["module"] = new JsonObject { ["type"] = "attached", ["botId"] = Bot.ToString(), ["scopes"] = new JsonArray([.. AllScopes.Select(scope => JsonValue.Create(scope))]) },
        ["mode"] = "active",
    });

    /// <summary>Links a fresh module.</summary>
    public async Task<LinkedDouble> LinkAsync(bool answersFirst = false, LinkageState state = LinkageState.On, string[]? scopes = null)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var module = await ModuleDouble.StartAsync(secret);
        var id = ModuleId.New();
        var channel = ChannelId.Parse(RandomNumberGenerator.GetInt32(1_000_000_000, 2_000_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture), null);
        var linkage = LinkageId.New();
        var protector = gateway.Services.GetRequiredService<SecretProtector>();
        await gateway.WithRegistryAsync(db =>
        {
            db.Modules.Add(new Module
            {
                Id = id, TenantId = Tenant, Name = "Module " + channel, Role = ModuleRole.AnswersFirst, ChannelId = channel, ProtectedSecret = protector.Protect(secret),
                WebhookUrl = module.Url, RequiredScopes = AllScopes, OptionalScopes = [],
            });
            db.Linkages.Add(new Linkage
            {
                Id = linkage, TenantId = Tenant, OfficialAccountId = Account, BotId = Bot, ModuleId = id, State = state, Scopes = scopes ?? AllScopes, CreatedAt = gateway.Clock.GetUtcNow(),
            });
        });
        var linked = new LinkedDouble(gateway, this, module, linkage, channel, secret);
        if (answersFirst)
            await AnswersFirstAsync(linked);
        return linked;
    }

    public Task AnswersFirstAsync(LinkedDouble? module) => gateway.WithRegistryAsync(db =>
        db.OfficialAccounts.Single(row => row.BotId == Bot).DefaultLinkageId = module?.Linkage);

    public Task SetStateAsync(LinkedDouble module, LinkageState state) => gateway.WithRegistryAsync(db => db.Linkages.Single(row => row.Id == module.Linkage).State = state);

    /// <summary>The module's provider switches its expiry notices off, or on again.</summary>
    public Task ExpireSilentlyAsync(LinkedDouble module, bool isOn = true) => gateway.WithRegistryAsync(db => db.Modules.Single(row => row.ChannelId == module.Channel).ExpiresSilently = isOn);

    /// <summary>A customer writes.</summary>
    public async Task<string> WriteAsync(string user, string text, string mode = "active", DateTimeOffset? at = null, string? replyToken = null)
    {
        var token = replyToken ?? Guid.NewGuid().ToString("N");
        await PostAsync(Message(user, text, mode, at, mode == "active" ? token : null));
        return token;
    }

    public JsonObject Message(string user, string text, string mode = "active", DateTimeOffset? at = null, string? replyToken = null, string? id = null)
    {
        var message = new JsonObject
        {
            ["type"] = "message",
            ["message"] = new JsonObject { ["type"] = "text", ["id"] = Random.Shared.NextInt64().ToString(System.Globalization.CultureInfo.InvariantCulture), ["text"] = text },
            ["webhookEventId"] = id ?? NewEventId(),
            ["deliveryContext"] = new JsonObject { ["isRedelivery"] = false },
            ["timestamp"] = (at ?? gateway.Clock.GetUtcNow()).ToUnixTimeMilliseconds(),
            ["source"] = new JsonObject { ["type"] = "user", ["userId"] = User(user) },
            ["mode"] = mode,
        };
        if (replyToken is not null)
            message["replyToken"] = replyToken;
        return message;
    }

    public static string NewEventId() => string.Concat("01", RandomNumberGenerator.GetString("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 24));

    public async Task PostAsync(params JsonObject[] events)
    {
        var body = new JsonObject { ["destination"] = Bot.ToString(), ["events"] = new JsonArray([.. events.Select(one => { Complete(one); return (JsonNode)one; })]) }.ToJsonString();
        (await (OwnChannel is { } own ? gateway.PostWebhookAsync(body, own.Id, own.Secret) : gateway.PostWebhookAsync(body))).ShouldBe(HttpStatusCode.OK);
    }

    private void Complete(JsonObject one)
    {
        one["webhookEventId"] ??= NewEventId();
        one["timestamp"] ??= gateway.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        one["deliveryContext"] ??= new JsonObject { ["isRedelivery"] = false };
    }
}

/// <summary>A module linked to a shop: what it gets, and what it may call.</summary>
public sealed class LinkedDouble(GatewayHost gateway, Shop shop, ModuleDouble module, LinkageId linkage, ChannelId channel, string secret)
{
    private string? _token;
    private DateTimeOffset _tokenFreshUntil;

    public LinkageId Linkage { get; } = linkage;

    public Shop Shop { get; } = shop;

    public BotId Bot => Shop.Bot;

    public ModuleDouble Module { get; } = module;

    public ChannelId Channel { get; } = channel;

    public string Secret { get; } = secret;

    /// <summary>The gateway that it calls; null: the one that it was made with.</summary>
    public HttpClient? Door { get; set; }

    public async Task<string> TokenAsync()
    {
        if (_token is not null && gateway.Clock.GetUtcNow() < _tokenFreshUntil)
            return _token;

        using var answer = await gateway.Http.PostAsync("/oauth2/v3/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = Channel.ToString(), ["client_secret"] = Secret,
        }));
        answer.EnsureSuccessStatusCode();
        _tokenFreshUntil = gateway.Clock.GetUtcNow() + TimeSpan.FromMinutes(10);
        return _token = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["access_token"]!;
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> CallAsync(HttpMethod method, string path, object? body = null, BotId? bot = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token ?? await TokenAsync()}");
        request.Headers.TryAddWithoutValidation("X-Line-Bot-Id", (bot ?? Bot).ToString());
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var answer = await (Door ?? gateway.Http).SendAsync(request);
        answer.Headers.Contains("x-line-request-id").ShouldBeTrue();
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>As <see cref="CallAsync"/>, with any body and headers beside its own; the whole answer.</summary>
    public async Task<HttpResponseMessage> RequestAsync(HttpMethod method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await TokenAsync()}");
        request.Headers.TryAddWithoutValidation("X-Line-Bot-Id", Bot.ToString());
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await (Door ?? gateway.Http).SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<(HttpStatusCode Status, JsonNode? Body)> ReplyAsync(string token, string text) =>
        CallAsync(HttpMethod.Post, "/v2/bot/message/reply", new { replyToken = token, messages = new[] { new { type = "text", text } } });

    public Task<(HttpStatusCode Status, JsonNode? Body)> PushAsync(string to, string text) =>
        CallAsync(HttpMethod.Post, "/v2/bot/message/push", new { to, messages = new[] { new { type = "text", text } } });

    public Task<(HttpStatusCode Status, JsonNode? Body)> AcquireAsync(string chat, object? body = null) => CallAsync(HttpMethod.Post, $"/v2/bot/chat/{chat}/control/acquire", body ?? new { });

    public Task<(HttpStatusCode Status, JsonNode? Body)> ReleaseAsync(string chat) => CallAsync(HttpMethod.Post, $"/v2/bot/chat/{chat}/control/release");
}
