using System.Globalization;
using System.Net;
using Sandbox.Tests.RichMenus;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Statistics;

public sealed class InsightTests : IAsyncLifetime
{
    private SandboxHost _host = null!; // One for each test: they move the time.

    public async Task InitializeAsync() => _host = await SandboxHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Given_a_days_sends_and_friends_When_the_day_is_over_Then_deliveries_and_followers_say_what_really_was()
    {
        await using var shop = await Shop.OpenAsync(_host, scopes: Shop.EveryScope);
        var people = await Crowd.JoinAsync(shop, 2, _ => new { gender = "male" });
        await _host.PostAsync($"/phone/api/chats/{shop.BotId}/{people[0]}/block", new { });
        await shop.Module.NextAsync("unfollow");
        await shop.PushAsync(await shop.UserIdAsync(), "x");
        await shop.PostAsync("/v2/bot/message/broadcast", new { messages = new[] { new { type = "text", text = "x" } } });
        var today = await DayAsync();

        (await shop.GetAsync($"/v2/bot/insight/message/delivery?date={today}")).Text.ShouldBe("""{"status":"unready"}""");
        (await shop.GetAsync($"/v2/bot/insight/followers?date={today}")).Text.ShouldBe("""{"status":"unready"}""");
        await _host.MoveClockAsync(TimeSpan.FromDays(1));
        await _host.PostAsync($"/phone/api/chats/{shop.BotId}/{people[0]}/follow", new { });

        (await shop.GetAsync($"/v2/bot/insight/message/delivery?date={today}")).Text.ShouldBe("""{"status":"ready","apiBroadcast":2,"apiPush":1}""");
        (await shop.GetAsync($"/v2/bot/insight/followers?date={today}")).Text.ShouldBe("""{"status":"ready","followers":3,"targetedReaches":2,"blocks":1}""");
        (await shop.GetAsync("/v2/bot/insight/followers?date=20170228")).Text.ShouldBe("""{"status":"out_of_service"}""");
        (await shop.GetAsync("/v2/bot/insight/followers")).ShouldBeRefused(HttpStatusCode.BadRequest, "date is required");
        (await shop.GetAsync("/v2/bot/insight/followers?date=today")).ShouldBeRefused(HttpStatusCode.BadRequest, "Bad Request");
        await using var plain = await Shop.OpenAsync(_host);
        (await plain.GetAsync($"/v2/bot/insight/followers?date={today}")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Given_19_known_friends_When_demographics_are_read_Then_none_are_told_and_with_20_their_shares()
    {
        await using var shop = await Shop.OpenAsync(_host, scopes: Shop.EveryScope);
        await Crowd.JoinAsync(shop, 19, number => new { gender = number < 5 ? "male" : "female", age = 33 });
        (await shop.GetAsync("/v2/bot/insight/demographic")).Text.ShouldBe("""{"available":false}""");
        await Crowd.JoinAsync(shop, 1, _ => new { appType = "ios", area = "tw_01" });

        var told = (await shop.GetAsync("/v2/bot/insight/demographic")).Json;

        told.GetProperty("genders").GetRawText().ShouldBe("""[{"gender":"female","percentage":70},{"gender":"male","percentage":25},{"gender":"unknown","percentage":5}]""");
        told.GetProperty("ages").GetRawText().ShouldBe("""[{"age":"from30to34","percentage":95},{"age":"unknown","percentage":5}]""");
        told.GetProperty("appTypes")[1].GetRawText().ShouldBe("""{"appType":"ios","percentage":5}""");
        told.GetProperty("subscriptionPeriods").GetRawText().ShouldBe("""[{"subscriptionPeriod":"within7days","percentage":100}]""");
    }

    [Fact]
    public async Task Given_20_people_who_open_a_broadcast_and_19_who_open_its_link_When_its_events_are_read_Then_20_is_told_and_19_is_null()
    {
        await using var shop = await Shop.OpenAsync(_host, scopes: Shop.EveryScope);
        var people = await Crowd.JoinAsync(shop, 20);
        var sent = await shop.PostAsync("/v2/bot/message/broadcast", new { messages = new[] { new { type = "text", text = "one" }, new { type = "text", text = "two" } } });
        foreach (var (index, person) in people.Index())
        {
            var messages = (await _host.GetAsync($"/phone/api/chats/{shop.BotId}/{person}/messages")).GetProperty("messages");
            if (index < 19)
                await _host.PostAsync($"/phone/api/chats/{shop.BotId}/{person}/messages/{messages[1].GetProperty("id").GetString()}/link-opened", new { url = "https://shop.example/" });
        }

        var events = (await shop.GetAsync($"/v2/bot/insight/message/event?requestId={sent.RequestId}")).Json;

        var overview = events.GetProperty("overview");
        (overview.GetProperty("delivered").GetInt32(), overview.GetProperty("uniqueImpression").GetInt32()).ShouldBe((21, 20));
        overview.GetProperty("uniqueClick").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        events.GetProperty("messages").GetArrayLength().ShouldBe(2);
        events.GetProperty("messages")[1].GetProperty("impression").GetInt32().ShouldBe(20);
        events.GetProperty("clicks").GetRawText().ShouldBe("""[{"seq":2,"url":"https://shop.example/","click":null,"uniqueClick":null,"uniqueClickOfRequest":null}]""");
        (await shop.GetAsync($"/v2/bot/insight/message/event?requestId={Guid.NewGuid()}")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
    }

    [Fact]
    public async Task Given_pushes_under_a_unit_When_its_statistics_are_read_Then_they_are_of_that_unit_and_at_most_31_days()
    {
        await using var shop = await Shop.OpenAsync(_host, scopes: Shop.EveryScope);
        await shop.PostAsync("/v2/bot/message/push", new { to = await shop.UserIdAsync(), messages = new[] { new { type = "text", text = "x" } }, customAggregationUnits = new[] { "promo" } });
        var today = await DayAsync();

        var told = (await shop.GetAsync($"/v2/bot/insight/message/event/aggregation?customAggregationUnit=promo&from={today}&to={today}")).Json;
        var other = (await shop.GetAsync($"/v2/bot/insight/message/event/aggregation?customAggregationUnit=Promo&from={today}&to={today}")).Json;

        told.GetProperty("messages").GetArrayLength().ShouldBe(1);
        told.GetProperty("overview").TryGetProperty("requestId", out _).ShouldBeFalse();
        other.GetProperty("messages").GetArrayLength().ShouldBe(0);
        (await shop.GetAsync("/v2/bot/insight/message/event/aggregation?customAggregationUnit=promo&from=20260101&to=20260131")).Status.ShouldBe(HttpStatusCode.OK);
        (await shop.GetAsync("/v2/bot/insight/message/event/aggregation?customAggregationUnit=promo&from=20260101&to=20260201")).ShouldBeRefused(HttpStatusCode.BadRequest, "The value for the 'to' parameter is invalid");
        (await shop.GetAsync($"/v2/bot/insight/message/event/aggregation?customAggregationUnit=no-dash&from={today}&to={today}")).ShouldBeRefused(HttpStatusCode.BadRequest, "The value for the 'customAggregationUnit' parameter is invalid");
    }

    [Fact]
    public async Task Given_people_who_tap_a_menu_When_its_statistics_are_read_Then_only_the_id_below_20_of_them_and_counts_by_area_from_there()
    {
        await using var shop = await Shop.OpenAsync(_host, scopes: Shop.EveryScope);
        var menu = await RichMenuTests.ReadyAsync(shop);
        await shop.PostAsync($"/v2/bot/user/all/richmenu/{menu}");
        var people = await Crowd.JoinAsync(shop, 20);
        var today = await DayAsync();
        var path = $"/v2/bot/insight/richmenu/{menu}";
        async Task Tap(string person)
        {
            await _host.GetAsync($"/phone/api/chats/{shop.BotId}/{person}/richmenu");
            await _host.PostAsync($"/phone/api/chats/{shop.BotId}/{person}/richmenu/tap", new { richMenuId = menu, area = 0 });
        }

        foreach (var person in people.Take(19))
            await Tap(person);
        (await shop.GetAsync($"{path}/summary?from={today}&to={today}")).Text.ShouldBe($$"""{"richMenuId":"{{menu}}"}""");
        await Tap(people[19]);
        await Tap(people[19]);

        var summary = (await shop.GetAsync($"{path}/summary?from={today}&to={today}")).Json;
        summary.GetProperty("impression").GetProperty("metrics").GetRawText().ShouldBe("""{"count":21,"uniqueUsers":20}""");
        summary.GetProperty("clicks")[0].GetProperty("metrics").GetRawText().ShouldBe("""{"count":21,"uniqueUsers":20}""");
        summary.GetProperty("clicks")[0].GetProperty("bounds").GetProperty("width").GetInt32().ShouldBe(2500);
        (await shop.GetAsync($"{path}/daily?from={today}&to={today}")).Json.GetProperty("impression").GetProperty("metrics").GetRawText()
            .ShouldBe($$"""[{"date":"{{today}}","count":21,"uniqueUsers":20}]""");
        (await shop.GetAsync($"{path}/daily?from=20260101&to=20260411")).ShouldBeRefused(HttpStatusCode.BadRequest, "The value for the 'to' parameter is invalid");
        (await shop.GetAsync($"/v2/bot/insight/richmenu/richmenu-{new string('0', 32)}/daily?from={today}&to={today}")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
    }

    private async Task<string> DayAsync() => (await _host.NowAsync()).ToOffset(TimeSpan.FromHours(9)).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
