using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Facade;
using ModuleGateway.Routing;
using ModuleGateway.Store;

namespace ModuleGateway.Tests.Facade.Limits;

public sealed class LineBucketsTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Followers = "/v2/bot/insight/followers?date=20260101"; // 60 an hour.
    private const string Exceeded = "The API rate limit has been exceeded. Try again later.";

    [Fact]
    public async Task Given_two_modules_of_one_account_When_one_has_used_its_share_Then_429_in_LINEs_words_before_LINE_is_asked_and_the_other_has_its_own()
    {
        var shop = await gateway.NewShopAsync();
        var (greedy, other) = (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
        for (var i = 0; i < 30; i++)
            (await greedy.CallAsync(HttpMethod.Get, Followers)).Status.ShouldBe(HttpStatusCode.OK);

        var (status, body) = await greedy.CallAsync(HttpMethod.Get, Followers);
        status.ShouldBe(HttpStatusCode.TooManyRequests);
        ((string?)body!["message"]).ShouldBe(Exceeded);
        CallsOf(shop).ShouldBe(30);

        (await other.CallAsync(HttpMethod.Get, Followers)).Status.ShouldBe(HttpStatusCode.OK);
        (await greedy.CallAsync(HttpMethod.Get, "/v2/bot/insight/demographic")).Status.ShouldBe(HttpStatusCode.OK); // A bucket for each call,
        var elsewhere = await (await gateway.NewShopAsync()).LinkAsync();
        (await elsewhere.CallAsync(HttpMethod.Get, Followers)).Status.ShouldBe(HttpStatusCode.OK); // and for each account.

        await gateway.AdvanceAsync(TimeSpan.FromMinutes(2.1));
        (await greedy.CallAsync(HttpMethod.Get, Followers)).Status.ShouldBe(HttpStatusCode.OK); // 60 an hour fill 30 an hour for each.
    }

    [Fact]
    public async Task Given_LINEs_own_429_When_another_module_makes_the_same_call_Then_it_is_refused_here_until_the_bucket_has_rested()
    {
        var shop = await gateway.NewShopAsync();
        var (first, second) = (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
        gateway.Line.Answer = call => call.Bot == shop.Bot.ToString() && call.Path == "/v2/bot/insight/followers" ? (429, $$"""{"message":"{{Exceeded}}"}""") : null;
        (await first.CallAsync(HttpMethod.Get, Followers)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        gateway.Line.Answer = _ => null;
        (await second.CallAsync(HttpMethod.Get, Followers)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        CallsOf(shop).ShouldBe(1);
        await gateway.AdvanceAsync(TimeSpan.FromSeconds(61));
        (await second.CallAsync(HttpMethod.Get, Followers)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"message":"You have reached your monthly limit."}""")]
    [InlineData("no JSON")]
    [InlineData("""{"message":1}""")]
    [InlineData("")]
    public async Task Given_a_429_of_LINEs_that_is_not_about_the_rate_When_the_next_call_comes_Then_it_goes_on_to_LINE(string body)
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        gateway.Line.Answer = call => call.Bot == shop.Bot.ToString() && call.Path == "/v2/bot/insight/followers" ? (429, body) : null;
        using (var request = new HttpRequestMessage(HttpMethod.Get, Followers))
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await module.TokenAsync()}");
            request.Headers.TryAddWithoutValidation("X-Line-Bot-Id", shop.Bot.ToString());
            using var answer = await gateway.Http.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        }

        gateway.Line.Answer = _ => null;
        (await module.CallAsync(HttpMethod.Get, Followers)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_reply_that_was_refused_by_rate_When_it_is_sent_again_Then_its_token_is_as_good_as_before()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        var token = (string)(await module.Module.NextAsync("message"))["replyToken"]!;
        gateway.Line.Answer = call => call.Bot == shop.Bot.ToString() && call.Path == "/v2/bot/message/reply" ? (429, $$"""{"message":"{{Exceeded}}"}""") : null;
        (await module.ReplyAsync(token, "one")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        gateway.Line.Answer = _ => null;
        (await module.ReplyAsync(token, "two")).Status.ShouldBe(HttpStatusCode.TooManyRequests); // The bucket rests.
        await gateway.AdvanceAsync(TimeSpan.FromSeconds(2));
        (await module.ReplyAsync(token, "three")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_calls_for_very_many_accounts_When_their_buckets_are_full_again_Then_they_are_let_go()
    {
        var buckets = new LineBuckets(gateway.Services.GetRequiredService<GatewayState>(), Microsoft.Extensions.Options.Options.Create(new RateLimitOptions()), new StoreClock(gateway.Clock));
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync();
        var row = FacadeTable.All.Single(one => one.Name == "GET /v2/bot/info");
        var linked = gateway.Services.GetRequiredService<GatewayState>().Snapshot.Linkages[module.Linkage];
        for (var i = 0; i < 20_000; i++)
        {
            if (i % 4000 == 0)
                gateway.Clock.Advance(TimeSpan.FromSeconds(1));
            var caller = linked with { Row = linked.Row with { Bot = Line.BotId.FromBits((UInt128)i + 1) } };
            (await buckets.BeforeAsync(new FacadeCall(new Microsoft.AspNetCore.Http.DefaultHttpContext { Request = { Method = "GET", Path = "/v2/bot/info" } }, caller, row, default), new LineRequest(row), CancellationToken.None)).ShouldBeNull();
        }

        buckets.Count.ShouldBeLessThanOrEqualTo(8192 + 4000);
    }

    [Theory]
    [InlineData("GET /v2/bot/info", 3)] // One that LINE's table does not name.
    [InlineData("POST /v2/bot/chat/loading/start", 100)]
    public async Task Given_another_usual_limit_by_configuration_When_calls_are_made_Then_only_those_that_LINEs_table_does_not_name_go_by_it(string name, int taken)
    {
        var limits = Microsoft.Extensions.Options.Options.Create(new RateLimitOptions { UsualCallsPerSecond = 3 });
        var buckets = new LineBuckets(gateway.Services.GetRequiredService<GatewayState>(), limits, new StoreClock(gateway.Clock));
        var module = await (await gateway.NewShopAsync()).LinkAsync();
        var row = FacadeTable.All.Single(one => one.Name == name);
        var call = new FacadeCall(new Microsoft.AspNetCore.Http.DefaultHttpContext { Request = { Method = row.Method.Method, Path = "/" } }, gateway.Services.GetRequiredService<GatewayState>().Snapshot.Linkages[module.Linkage], row, default);
        for (var i = 0; i < taken; i++)
            (await buckets.BeforeAsync(call, new LineRequest(row), CancellationToken.None)).ShouldBeNull();

        (await buckets.BeforeAsync(call, new LineRequest(row), CancellationToken.None)).ShouldBe(LineErrors.RateLimited);
    }

    [Fact]
    public void Given_the_table_of_calls_When_their_limits_are_held_against_LINEs_page_Then_each_is_the_one_that_stands_there()
    {
        // Messaging API reference, "Rate limits".
        foreach (var row in FacadeTable.All)
        {
            var path = row.Path.Replace("/v2/bot/", "");
            var expected = (row.Method.Method, path) switch
            {
                ("POST", "message/narrowcast" or "message/broadcast" or "channel/webhook/test") => RateLimit.PerHour(60),
                (_, _) when path.StartsWith("insight/", StringComparison.Ordinal) => RateLimit.PerHour(60),
                (_, _) when path.StartsWith("audienceGroup", StringComparison.Ordinal) => RateLimit.PerMinute(60),
                ("GET" or "PUT", "channel/webhook/endpoint") => RateLimit.PerMinute(1000),
                ("POST", "richmenu") or ("DELETE", "richmenu/{richMenuId}" or "richmenu/alias/{richMenuAliasId}") or ("GET", "richmenu/progress/batch") => RateLimit.PerHour(100),
                ("POST", "richmenu/batch") => RateLimit.PerHour(3),
                ("GET", "richmenu/list") => RateLimit.PerSecond(10),
                ("POST", "message/multicast") => RateLimit.PerSecond(200),
                (_, _) when path.StartsWith("coupon", StringComparison.Ordinal) => RateLimit.PerSecond(200),
                ("POST", "chat/loading/start") => RateLimit.PerSecond(100),
                _ => RateLimit.Usual,
            };
            row.Rate.ShouldBe(expected, row.Name);
        }
    }

    private int CallsOf(Shop shop) => gateway.Line.Calls.Count(call => call.Bot == shop.Bot.ToString() && call.Path == "/v2/bot/insight/followers");
}
