using System.Diagnostics;
using System.Net;
using Sandbox.Tests.Audiences;
using Sandbox.Tests.RichMenus;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Faults;

public sealed class FaultTests : IAsyncLifetime
{
    private SandboxHost _host = null!; // One for each test: faults of the token endpoints strike whoever comes.

    public async Task InitializeAsync() => _host = await SandboxHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("api429", HttpStatusCode.TooManyRequests)]
    [InlineData("api500", HttpStatusCode.InternalServerError)]
    public async Task Given_an_ordered_fault_When_any_call_comes_Then_it_is_refused_and_not_done_and_the_next_one_goes_on(string kind, HttpStatusCode status)
    {
        await using var shop = await Shop.OpenAsync(_host, scopes: Shop.EveryScope);
        await _host.OrderFaultAsync(kind, shop.BotId, path: "/v2/bot/richmenu");

        (await shop.PushAsync(await shop.UserIdAsync(), "another call")).Status.ShouldBe(HttpStatusCode.OK);
        (await shop.PostAsync("/v2/bot/richmenu", RichMenuTests.Menu())).Status.ShouldBe(status);
        (await shop.GetAsync("/v2/bot/richmenu/list")).Json.GetProperty("richmenus").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_lost_answer_When_a_menu_is_created_Then_it_is_there_though_nobody_was_told()
    {
        await using var shop = await Shop.OpenAsync(_host, scopes: Shop.EveryScope);
        await _host.OrderFaultAsync("apiLostAnswer", shop.BotId, path: "/v2/bot/richmenu");
        using var impatient = new HttpClient { BaseAddress = _host.Address, Timeout = TimeSpan.FromSeconds(2) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/bot/richmenu") { Content = System.Net.Http.Json.JsonContent.Create(RichMenuTests.Menu()) };
        request.Headers.Authorization = new("Bearer", await shop.TokenAsync());
        request.Headers.Add("X-Line-Bot-Id", shop.BotId);

        await Should.ThrowAsync<TaskCanceledException>(() => impatient.SendAsync(request));

        (await shop.GetAsync("/v2/bot/richmenu/list")).Json.GetProperty("richmenus").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_slow_call_When_it_comes_Then_it_waits_and_is_done()
    {
        await using var shop = await Shop.OpenAsync(_host);
        var userId = await shop.UserIdAsync();
        await _host.OrderFaultAsync("apiSlow", shop.BotId, delayMillis: 300, path: "/v2/bot/message/push");
        var started = Stopwatch.GetTimestamp();

        (await shop.PushAsync(userId, "late")).Status.ShouldBe(HttpStatusCode.OK);

        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(300));
        (await shop.MessagesAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_fault_of_a_token_endpoint_When_a_token_is_asked_for_Then_it_strikes_there_too()
    {
        await using var shop = await Shop.NewAsync(_host);
        await _host.PostAsync("/sandbox/api/faults", new { kind = "api500", path = "/oauth2/v3/token" });
        await _host.PostAsync("/sandbox/api/faults", new { kind = "api429", path = "/oauth2/v3/token" });

        (await AskAsync(shop)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await AskAsync(shop)).ShouldBe(HttpStatusCode.InternalServerError);
        (await AskAsync(shop)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_faults_of_what_happens_afterwards_When_it_is_accepted_Then_it_ends_badly_and_says_so()
    {
        await using var shop = await Shop.OpenAsync(_host, scopes: Shop.EveryScope);
        foreach (var kind in (string[])["narrowcastFails", "audienceFails", "richMenuBatchFails"])
            await _host.OrderFaultAsync(kind, shop.BotId);
        var menu = await RichMenuTests.ReadyAsync(shop);
        await shop.PostAsync($"/v2/bot/user/{await shop.UserIdAsync()}/richmenu/{menu}");

        var narrowcast = await shop.PostAsync("/v2/bot/message/narrowcast", new { messages = new[] { new { type = "text", text = "x" } } });
        var audience = await AudienceTests.CreateAsync(shop, "x", await shop.UserIdAsync());
        var batch = await shop.PostAsync("/v2/bot/richmenu/batch", new { operations = new[] { new { type = "unlinkAll" } } });
        await _host.MoveClockAsync(TimeSpan.FromSeconds(10));

        (await shop.GetAsync($"/v2/bot/message/progress/narrowcast?requestId={narrowcast.RequestId}")).Json.GetProperty("errorCode").GetInt32().ShouldBe(1);
        (await shop.GetAsync($"/v2/bot/audienceGroup/{audience.Json.GetProperty("audienceGroupId")}")).Json.GetProperty("audienceGroup").GetProperty("status").GetString().ShouldBe("FAILED");
        (await shop.GetAsync($"/v2/bot/richmenu/progress/batch?requestId={batch.RequestId}")).Json.GetProperty("phase").GetString().ShouldBe("failed");
        (await shop.MessagesAsync()).ShouldBeEmpty();
        (await shop.GetAsync($"/v2/bot/user/{await shop.UserIdAsync()}/richmenu")).Json.GetProperty("richMenuId").GetString().ShouldBe(menu);
    }

    private async Task<HttpStatusCode> AskAsync(Shop shop)
    {
        using var response = await _host.Http.PostAsync("/oauth2/v3/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = shop.ChannelId, ["client_secret"] = shop.ChannelSecret,
        }));
        return response.StatusCode;
    }
}
