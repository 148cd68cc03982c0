using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Webhooks;

/// <summary>A Messaging API channel's own settings: bot info, webhook URL read, set and tried, with a token for its id and secret.</summary>
public sealed class WebhookSettingsTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    private const string Endpoint = "/v2/bot/channel/webhook/endpoint";

    [Fact]
    public async Task Given_a_Messaging_API_channel_When_it_asks_who_it_is_and_where_its_webhooks_go_Then_it_needs_its_token_alone()
    {
        var channel = await ChannelAsync();
        (await CallAsync(channel, HttpMethod.Get, "/v2/bot/info")).Body.GetProperty("userId").GetString().ShouldBe(channel.BotId);
        var endpoint = (await CallAsync(channel, HttpMethod.Get, Endpoint)).Body;
        (endpoint.GetProperty("endpoint").GetString(), endpoint.GetProperty("active").GetBoolean()).ShouldBe((channel.Url, true));
    }

    [Fact]
    public async Task Given_a_channel_without_a_URL_When_read_Then_404_and_with_its_switch_off_it_says_so()
    {
        var channel = await ChannelAsync();
        using (var off = await host.Http.PostAsync($"/sandbox/api/channels/{channel.Id}/use-webhook", null))
            off.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/sandbox/channels");
        (await CallAsync(channel, HttpMethod.Get, Endpoint)).Body.GetProperty("active").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Given_a_new_URL_When_it_is_set_Then_webhooks_go_there_signed_with_the_channels_secret_and_with_ids_of_its_provider()
    {
        var channel = await ChannelAsync();
        await using var server = await WebhookRecorder.StartAsync();
        server.Secret = channel.Secret;
        (await CallAsync(channel, HttpMethod.Put, Endpoint, new { endpoint = server.Url })).Status.ShouldBe(HttpStatusCode.OK);
        var tried = (await CallAsync(channel, HttpMethod.Post, "/v2/bot/channel/webhook/test", new { endpoint = server.Url })).Body;
        (tried.GetProperty("success").GetBoolean(), tried.GetProperty("statusCode").GetInt32(), tried.GetProperty("reason").GetString()).ShouldBe((true, 200, "OK"));

        var person = (await host.PostAsync("/sandbox/api/people", new { name = "Alice" })).GetProperty("id").GetString();
        await host.PostAsync($"/phone/api/chats/{channel.BotId}/{person}/follow", new { });
        var follow = await server.NextAsync("follow");
        follow.Event.GetProperty("source").GetProperty("userId").GetString()!.ShouldMatch("^U[0-9a-f]{32}$");
        follow.Event.GetProperty("mode").GetString().ShouldBe("active");
    }

    [Theory]
    [InlineData("http://elsewhere.example/webhook")]
    [InlineData("not a URL")]
    public async Task Given_a_URL_that_LINE_does_not_take_When_it_is_set_Then_400_and_the_old_one_stays(string url)
    {
        var channel = await ChannelAsync();
        var refused = await CallAsync(channel, HttpMethod.Put, Endpoint, new { endpoint = url });
        (refused.Status, refused.Body.GetProperty("message").GetString()).ShouldBe((HttpStatusCode.BadRequest, "Invalid webhook endpoint URL"));
        (await CallAsync(channel, HttpMethod.Get, Endpoint)).Body.GetProperty("endpoint").GetString().ShouldBe(channel.Url);
    }

    [Fact]
    public async Task Given_a_server_that_is_not_there_When_its_URL_is_tried_Then_LINE_says_why()
    {
        var channel = await ChannelAsync();
        var tried = (await CallAsync(channel, HttpMethod.Post, "/v2/bot/channel/webhook/test", new { endpoint = "http://127.0.0.1:9/webhook" })).Body;
        (tried.GetProperty("success").GetBoolean(), tried.GetProperty("statusCode").GetInt32(), tried.GetProperty("reason").GetString()).ShouldBe((false, 0, "COULD_NOT_CONNECT"));
    }

    [Fact]
    public async Task Given_a_module_channel_When_it_asks_for_its_webhook_URL_Then_403()
    {
        await using var shop = await Shop.OpenAsync(host);
        var module = new OwnChannel(shop.ChannelId, shop.ChannelSecret, shop.BotId, "");
        (await CallAsync(module, HttpMethod.Get, Endpoint)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Given_a_fresh_platform_When_the_channels_page_is_opened_Then_an_account_with_its_channels_id_and_secret_is_there_to_copy()
    {
        await using var fresh = await SandboxHost.StartAsync();
        var seeded = (await fresh.GetAsync("/sandbox/api/channels")).EnumerateArray().Single(channel => channel.GetProperty("kind").GetString() == "messaging");
        using var page = await fresh.Http.GetAsync("/sandbox/channels");
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain("雲腳咖啡");
        html.ShouldContain($"value=\"{seeded.GetProperty("channelId").GetString()}\"");
        html.ShouldContain($"value=\"{seeded.GetProperty("channelSecret").GetString()}\"");
        seeded.GetProperty("webhookUrl").GetString()!.ShouldStartWith(fresh.Address.ToString());
    }

    private sealed record OwnChannel(string Id, string Secret, string BotId, string Url);

    private async Task<OwnChannel> ChannelAsync()
    {
        var botId = (await host.PostAsync("/sandbox/api/accounts", new { name = "自有頻道", englishName = "Its own channel" })).GetProperty("botId").GetString()!;
        var channel = await host.PostAsync($"/sandbox/api/accounts/{botId}/primary", new { });
        return new OwnChannel(channel.GetProperty("channelId").GetString()!, channel.GetProperty("channelSecret").GetString()!, botId, channel.GetProperty("webhookUrl").GetString()!);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(OwnChannel channel, HttpMethod method, string path, object? body = null)
    {
        using var issued = await host.Http.PostAsync("/oauth2/v3/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = channel.Id, ["client_secret"] = channel.Secret,
        }));
        var token = (await issued.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await host.Http.SendAsync(request);
        return (answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()));
    }
}
