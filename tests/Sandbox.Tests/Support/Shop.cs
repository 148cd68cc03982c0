using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;

namespace Sandbox.Tests.Support;

/// <summary>One fresh Official Account with its manager, a module channel with a server of its own, and a person with a phone.</summary>
public sealed class Shop : IAsyncDisposable
{
    public const string RedirectUrl = "http://127.0.0.1:9/attach/callback?from=line";
    public const string Password = "correct horse";

    public static readonly string[] AllScopes = ["message:receive", "message:send", "profile:read"];

    /// <summary>Those, and what LINE asks for beyond conversation.</summary>
    public static readonly string[] EveryScope =
        ["message:receive", "message:send", "profile:read", "account:manage", "message:mark_as_read", "message:templated_pnp", "coupon:manage"];

    private Shop(SandboxHost host, WebhookRecorder recorder)
    {
        Host = host;
        Module = recorder;
    }

    public SandboxHost Host { get; private init; }

    /// <summary>The module channel's server.</summary>
    public WebhookRecorder Module { get; }

    public string BotId { get; private set; } = "";

    public string BasicId { get; private set; } = "";

    public string ManagerEmail { get; private set; } = "";

    public string ChannelId { get; private set; } = "";

    public string ChannelSecret { get; private set; } = "";

    public string PersonId { get; private set; } = "";

    /// <summary>An account with a module channel that is not attached yet.</summary>
    public static async Task<Shop> NewAsync(SandboxHost host, bool isDefaultActive = true, bool redelivers = true, string role = "administrator", string brandType = "unverified")
    {
        var shop = new Shop(host, await WebhookRecorder.StartAsync());
        var account = await host.PostAsync("/sandbox/api/accounts", new { name = "測試小店", englishName = "Test Shop", brandType });
        shop.BotId = account.GetProperty("botId").GetString()!;
        shop.BasicId = account.GetProperty("basicId").GetString()!;

        var person = await host.PostAsync("/sandbox/api/people", new { name = "Alice" });
        shop.PersonId = person.GetProperty("id").GetString()!;

        shop.ManagerEmail = $"{Guid.NewGuid():N}@shop.example";
        await host.PostAsync("/sandbox/api/managers", new { email = shop.ManagerEmail, name = "Ms Manager", password = Password });
        using var right = await host.Http.PutAsJsonAsync($"/sandbox/api/managers/{shop.ManagerEmail}/rights/{shop.BotId}", new { role });
        right.EnsureSuccessStatusCode();

        var channel = await host.PostAsync("/sandbox/api/channels", new { name = "Module", webhookUrl = shop.Module.Url, redirectUrls = new[] { RedirectUrl }, defaultActive = isDefaultActive, redelivers });
        shop.ChannelId = channel.GetProperty("channelId").GetString()!;
        shop.ChannelSecret = channel.GetProperty("channelSecret").GetString()!;
        shop.Module.Secret = shop.ChannelSecret;
        return shop;
    }

    /// <summary>The same, attached by consent, with a person who is a friend. The events of both have been taken from the server.</summary>
    public static async Task<Shop> OpenAsync(SandboxHost host, bool isDefaultActive = true, bool redelivers = true, string[]? scopes = null, string brandType = "unverified")
    {
        var shop = await NewAsync(host, isDefaultActive, redelivers, brandType: brandType);
        await shop.AttachAsync(scopes ?? AllScopes);
        if ((scopes ?? AllScopes).Contains("message:receive"))
            await shop.Module.NextAsync("module");
        await shop.FollowAsync();
        if ((scopes ?? AllScopes).Contains("message:receive"))
            await shop.Module.NextAsync("follow");
        return shop;
    }

    /// <summary>The same shop at a sandbox that was started again.</summary>
    public Shop At(SandboxHost host) => new(host, Module)
    {
        BotId = BotId, BasicId = BasicId, ManagerEmail = ManagerEmail, ChannelId = ChannelId, ChannelSecret = ChannelSecret, PersonId = PersonId,
    };

    public string AuthorizeUrl(params IEnumerable<(string Name, string? Value)> changes)
    {
        var query = HttpUtility.ParseQueryString("");
        query["response_type"] = "code";
        query["client_id"] = ChannelId;
        query["redirect_uri"] = RedirectUrl;
        query["scope"] = string.Join(' ', AllScopes);
        query["state"] = "Ab12";
        foreach (var (name, value) in changes)
        {
            if (value is null)
                query.Remove(name);
            else
                query[name] = value;
        }

        return $"/module/auth/v1/authorize?{query}";
    }

    /// <summary>Runs the whole consent and returns the callback's query.</summary>
    public async Task<System.Collections.Specialized.NameValueCollection> ConsentAsync(string authorizeUrl, string[] scopes, string decision = "link", string? botId = null)
    {
        using var browser = new ManagerBrowser(Host.Address);
        using var page = await browser.SignInAsync(authorizeUrl, ManagerEmail, Password);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var answer = await browser.DecideAsync(authorizeUrl, await page.Content.ReadAsStringAsync(), decision, botId ?? BotId, scopes);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        answer.Headers.Location!.ToString().ShouldStartWith(RedirectUrl);
        return HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
    }

    /// <summary>Exchanges a code; <paramref name="changes"/> override or (null) leave out fields.</summary>
    public Task<HttpResponseMessage> ExchangeAsync(string code, params IEnumerable<(string Name, string? Value)> changes)
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = RedirectUrl,
            ["scope"] = string.Join(' ', AllScopes),
            ["client_id"] = ChannelId,
            ["client_secret"] = ChannelSecret,
        };
        foreach (var (name, value) in changes)
        {
            if (value is null)
                fields.Remove(name);
            else
                fields[name] = value;
        }

        return Host.Http.PostAsync("/module/auth/v1/token", new FormUrlEncodedContent(fields));
    }

    public Task AttachAsync(string[] scopes) => AttachAsync(scopes, BotId);

    /// <summary>Attaches this module channel to another shop's account too; its manager administers that one as well.</summary>
    public async Task AttachToAsync(Shop other)
    {
        using var right = await Host.Http.PutAsJsonAsync($"/sandbox/api/managers/{ManagerEmail}/rights/{other.BotId}", new { role = "administrator" });
        right.EnsureSuccessStatusCode();
        await AttachAsync(AllScopes, other.BotId);
    }

    private async Task AttachAsync(string[] scopes, string botId)
    {
        var asked = string.Join(' ', AllScopes.Union(scopes));
        var callback = await ConsentAsync(AuthorizeUrl(("scope", asked)), scopes, botId: botId);
        using var answer = await ExchangeAsync(callback["code"]!, ("scope", asked));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Calls LINE's API as the module channel, for this account.</summary>
    public async Task<ApiAnswer> CallAsync(HttpMethod method, string path, object? body = null, string? botId = null, string? token = null, string? retryKey = null, bool withBot = true)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new("Bearer", token ?? await TokenAsync());
        if (withBot)
            request.Headers.Add("X-Line-Bot-Id", botId ?? BotId);
        if (retryKey is not null)
            request.Headers.Add("X-Line-Retry-Key", retryKey);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var response = await Host.Http.SendAsync(request);
        return await ApiAnswer.ReadAsync(response);
    }

    /// <summary>The same with a body that is no JSON.</summary>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Authorization = new("Bearer", await TokenAsync());
        request.Headers.Add("X-Line-Bot-Id", BotId);
        using var response = await Host.Http.SendAsync(request);
        return await ApiAnswer.ReadAsync(response);
    }

    public Task<ApiAnswer> GetAsync(string path) => CallAsync(HttpMethod.Get, path);

    public Task<ApiAnswer> PutAsync(string path, object body) => CallAsync(HttpMethod.Put, path, body);

    public Task<ApiAnswer> DeleteAsync(string path) => CallAsync(HttpMethod.Delete, path);

    public Task<ApiAnswer> PostAsync(string path, object? body = null) => CallAsync(HttpMethod.Post, path, body);

    public Task<ApiAnswer> ReplyAsync(string replyToken, string text) =>
        PostAsync("/v2/bot/message/reply", new { replyToken, messages = new[] { new { type = "text", text } } });

    public Task<ApiAnswer> PushAsync(string to, string text) =>
        PostAsync("/v2/bot/message/push", new { to, messages = new[] { new { type = "text", text } } });

    /// <summary>A stateless token of the module channel.</summary>
    public async Task<string> TokenAsync()
    {
        using var response = await Host.Http.PostAsync("/oauth2/v3/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = ChannelId,
            ["client_secret"] = ChannelSecret,
        }));
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    /// <summary>The person's id as the module channel sees it.</summary>
    public async Task<string> UserIdAsync() =>
        (await Host.GetAsync($"/sandbox/api/channels/{ChannelId}/user-id?botId={BotId}&personId={PersonId}")).GetProperty("userId").GetString()!;

    public Task WriteAsync(string text) => Host.PostAsync($"{Chat}/messages", new { type = "text", text });

    public Task FollowAsync() => Host.PostAsync($"{Chat}/follow", new { });

    public Task BlockAsync() => Host.PostAsync($"{Chat}/block", new { });

    /// <summary>What the person sees, oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> MessagesAsync() => [.. (await Host.GetAsync($"{Chat}/messages")).GetProperty("messages").EnumerateArray()];

    public string Chat => $"/phone/api/chats/{BotId}/{PersonId}";

    public static string Challenge(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    public ValueTask DisposeAsync() => Module.DisposeAsync();
}
