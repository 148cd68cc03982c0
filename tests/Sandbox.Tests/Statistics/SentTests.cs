using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Statistics;

public sealed class SentTests : IAsyncLifetime
{
    private SandboxHost _host = null!; // One for each test: they move the time by days.

    public async Task InitializeAsync() => _host = await SandboxHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Given_friends_and_others_When_a_broadcast_is_sent_Then_friends_get_it_and_each_is_counted_once_and_a_retry_key_guards_it()
    {
        await using var shop = await Shop.OpenAsync(_host);
        await FollowAsync(shop, "hana", "alex");
        await _host.PostAsync($"/phone/api/chats/{shop.BotId}/alex/block", new { });
        var key = Guid.NewGuid().ToString();
        var body = new { messages = new[] { Text("hello all"), Text("twice") } };

        (await shop.CallAsync(HttpMethod.Post, "/v2/bot/message/broadcast", body, retryKey: key)).ShouldBeEmpty();
        (await shop.CallAsync(HttpMethod.Post, "/v2/bot/message/broadcast", body, retryKey: key)).ShouldBeRefused(HttpStatusCode.Conflict, "The retry key is already accepted");

        (await shop.MessagesAsync()).Select(Said).ShouldBe(["hello all", "twice"]);
        (await TextsAsync(shop, "hana")).ShouldBe(["hello all", "twice"]);
        (await TextsAsync(shop, "alex")).ShouldBeEmpty();
        (await shop.GetAsync("/v2/bot/message/quota/consumption")).Json.GetProperty("totalUsage").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task Given_less_quota_than_friends_When_a_broadcast_is_sent_Then_429_and_nobody_gets_anything()
    {
        await using var shop = await Shop.OpenAsync(_host);
        await FollowAsync(shop, "hana");
        await _host.Http.PutAsJsonAsync($"/sandbox/api/accounts/{shop.BotId}/quota", new { monthly = 1 });

        (await shop.PostAsync("/v2/bot/message/broadcast", new { messages = new[] { Text("x") } })).ShouldBeRefused(HttpStatusCode.TooManyRequests, "You have reached your monthly limit.");

        (await shop.MessagesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_days_sends_When_the_day_is_over_Then_each_calls_count_is_ready_and_before_that_it_is_not()
    {
        await using var shop = await Shop.OpenAsync(_host);
        await FollowAsync(shop, "hana");
        var today = await DayAsync();
        var userId = await shop.UserIdAsync();
        await shop.PushAsync(userId, "one");
        await shop.PushAsync(userId, "two");
        await shop.PushAsync($"LU{new string('0', 32)}-{shop.BotId}", "to nobody");
        await shop.PostAsync("/v2/bot/message/multicast", new { to = new[] { userId }, messages = new[] { Text("x") } });
        await shop.PostAsync("/v2/bot/message/broadcast", new { messages = new[] { Text("x") } });
        await shop.WriteAsync("hi");
        await shop.ReplyAsync((await shop.Module.NextAsync("message")).ReplyToken!, "hi");

        (await CountAsync(shop, "push", today)).ShouldBe("""{"status":"unready"}""");
        await _host.MoveClockAsync(TimeSpan.FromDays(1));

        (await CountAsync(shop, "push", today)).ShouldBe("""{"status":"ready","success":2}""");
        (await CountAsync(shop, "multicast", today)).ShouldBe("""{"status":"ready","success":1}""");
        (await CountAsync(shop, "broadcast", today)).ShouldBe("""{"status":"ready","success":2}""");
        (await CountAsync(shop, "reply", today)).ShouldBe("""{"status":"ready","success":1}""");
        (await CountAsync(shop, "push", "20180330")).ShouldBe("""{"status":"out_of_service"}""");
        (await shop.GetAsync("/v2/bot/message/delivery/push?date=2026-01-01")).ShouldBeRefused(HttpStatusCode.BadRequest, "The value for the 'date' parameter is invalid");
        (await shop.GetAsync("/v2/bot/message/delivery/push")).ShouldBeRefused(HttpStatusCode.BadRequest, "The value for the 'date' parameter is invalid");
    }

    [Fact]
    public async Task Given_sends_under_units_When_they_are_listed_Then_each_name_stands_once_in_pages_and_a_new_month_begins_empty()
    {
        await using var shop = await Shop.OpenAsync(_host);
        var userId = await shop.UserIdAsync();
        foreach (var unit in (string[])["Promo_a", "Promo_A", "Promo_a", "other"])
            (await shop.PostAsync("/v2/bot/message/push", new { to = userId, messages = new[] { Text("x") }, customAggregationUnits = new[] { unit } })).Status.ShouldBe(HttpStatusCode.OK);

        (await shop.GetAsync("/v2/bot/message/aggregation/info")).Text.ShouldBe("""{"numOfCustomAggregationUnits":3}""");
        var first = (await shop.GetAsync("/v2/bot/message/aggregation/list?limit=2")).Json;
        first.GetProperty("customAggregationUnits").GetRawText().ShouldBe("""["Promo_A","Promo_a"]""");
        var next = first.GetProperty("next").GetString();
        (await shop.GetAsync($"/v2/bot/message/aggregation/list?limit=2&start={next}")).Text.ShouldBe("""{"customAggregationUnits":["other"]}""");
        (await shop.GetAsync($"/v2/bot/followers/ids?start={next}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await shop.GetAsync("/v2/bot/message/aggregation/list?limit=101")).ShouldBeRefused(HttpStatusCode.BadRequest, "The value for the 'limit' parameter is invalid");
        await _host.MoveClockAsync(TimeSpan.FromHours(24));
        (await shop.GetAsync($"/v2/bot/message/aggregation/list?start={next}")).ShouldBeRefused(HttpStatusCode.BadRequest, "Invalid start param");

        await _host.MoveClockAsync(TimeSpan.FromDays(31));
        (await shop.GetAsync("/v2/bot/message/aggregation/info")).Text.ShouldBe("""{"numOfCustomAggregationUnits":0}""");
    }

    [Fact]
    public async Task Given_a_verified_account_When_its_followers_are_listed_Then_friends_come_in_pages_and_an_unverified_account_gets_403()
    {
        await using var plain = await Shop.OpenAsync(_host);
        (await plain.GetAsync("/v2/bot/followers/ids")).ShouldBeRefused(HttpStatusCode.Forbidden, "Access to this API is not available for your account");

        await using var shop = await Shop.OpenAsync(_host, brandType: "verified");
        await FollowAsync(shop, "hana", "alex");
        await shop.BlockAsync();
        var first = (await shop.GetAsync("/v2/bot/followers/ids?limit=1")).Json;
        var rest = (await shop.GetAsync($"/v2/bot/followers/ids?start={first.GetProperty("next").GetString()}")).Json;

        string[] all = [first.GetProperty("userIds")[0].GetString()!, rest.GetProperty("userIds")[0].GetString()!];
        all.ShouldBe([await IdAsync(shop, "hana"), await IdAsync(shop, "alex")], ignoreOrder: true);
        rest.TryGetProperty("next", out _).ShouldBeFalse();
        (await shop.GetAsync("/v2/bot/followers/ids?start=nonsense")).ShouldBeRefused(HttpStatusCode.BadRequest, "Invalid start param");
    }

    internal static object Text(string text) => new { type = "text", text };

    private static string? Said(System.Text.Json.JsonElement message) => message.GetProperty("message").GetProperty("text").GetString();

    private async Task FollowAsync(Shop shop, params string[] people)
    {
        foreach (var person in people)
        {
            await _host.PostAsync($"/phone/api/chats/{shop.BotId}/{person}/follow", new { });
            await shop.Module.NextAsync("follow");
        }
    }

    private async Task<IEnumerable<string?>> TextsAsync(Shop shop, string person) =>
        (await _host.GetAsync($"/phone/api/chats/{shop.BotId}/{person}/messages")).GetProperty("messages").EnumerateArray().Select(Said);

    private async Task<string> IdAsync(Shop shop, string person) =>
        (await _host.GetAsync($"/sandbox/api/channels/{shop.ChannelId}/user-id?botId={shop.BotId}&personId={person}")).GetProperty("userId").GetString()!;

    private async Task<string> DayAsync() => (await _host.NowAsync()).ToOffset(TimeSpan.FromHours(9)).ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static async Task<string> CountAsync(Shop shop, string call, string date) => (await shop.GetAsync($"/v2/bot/message/delivery/{call}?date={date}")).Text;
}
