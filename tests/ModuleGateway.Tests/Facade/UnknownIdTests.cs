using System.Net;
using System.Text.Json.Nodes;
using Line;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Control;
using ModuleGateway.Facade;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Tests.Facade;

/// <summary>Ids that the bot's set does not hold.</summary>
public sealed class UnknownIdTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_a_user_whom_only_LINE_knows_When_a_module_pushes_Then_LINE_is_asked_once_and_the_call_goes_on_from_then()
    {
        var (shop, module) = await LinkedAsync();
        var alice = shop.User("alice");
        gateway.Line.Knows(alice);

        (await module.PushAsync(Seen(module, alice), "hello")).Status.ShouldBe(HttpStatusCode.OK);
        (await module.PushAsync(Seen(module, alice), "again")).Status.ShouldBe(HttpStatusCode.OK);
        AskedAbout(alice).ShouldBe(["/v2/bot/profile/" + alice]);
        gateway.Line.Calls.Count(call => call.Path == "/v2/bot/message/push" && call.Body.Contains(alice)).ShouldBe(2);
    }

    [Theory]
    [InlineData('C', "/v2/bot/group/%/summary")]
    [InlineData('R', "/v2/bot/room/%/members/count")]
    public async Task Given_a_group_or_room_that_only_LINE_knows_When_a_module_acquires_it_Then_LINE_is_asked_for_it_and_the_module_has_it(char letter, string path)
    {
        var (shop, module) = await LinkedAsync();
        var room = shop.Room("us", letter);
        gateway.Line.Knows(room);
        (await module.AcquireAsync(Seen(module, room))).Status.ShouldBe(HttpStatusCode.OK);
        AskedAbout(room).ShouldBe([path.Replace("%", room)]);
    }

    [Fact]
    public async Task Given_an_id_that_LINE_does_not_know_either_When_it_is_used_anywhere_Then_LINEs_own_refusal_of_an_unknown_user_comes()
    {
        var (shop, module) = await LinkedAsync();
        await shop.WriteAsync("bob", "hello");
        var token = (string)(await module.Module.NextAsync("message"))["replyToken"]!;
        var nobody = Seen(module, shop.User("nobody"));
        var nowhere = Seen(module, shop.Room("nowhere"));

        foreach (var to in new[] { nobody, nowhere })
        {
            var (status, body) = await module.PushAsync(to, "hello");
            (status, (string?)body!["message"]).ShouldBe((HttpStatusCode.BadRequest, "Failed to send messages"));
            (await module.AcquireAsync(to)).Status.ShouldBe(HttpStatusCode.NotFound);
            (await module.ReleaseAsync(to)).Status.ShouldBe(HttpStatusCode.OK); // Of a chat in which it is not active LINE says no more.
        }

        (await module.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{nobody}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await module.CallAsync(HttpMethod.Get, $"/v2/bot/group/{nowhere}/summary")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/chat/loading/start", new { chatId = nobody })).Status.ShouldBe(HttpStatusCode.BadRequest);
        var mention = new
        {
            replyToken = token,
            messages = new[] { new { type = "textV2", text = "{who}", substitution = new { who = new { type = "mention", mentionee = new { type = "user", userId = nobody } } } } },
        };
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/message/reply", mention)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await module.ReplyAsync(token, "the token was not touched")).Status.ShouldBe(HttpStatusCode.OK);
        gateway.Line.Calls.ShouldNotContain(call => call.Method == "POST" && call.Body.Contains(shop.User("nobody")));
    }

    [Fact]
    public async Task Given_an_id_of_another_linkage_When_a_module_uses_it_Then_it_is_an_unknown_user_whether_of_this_bot_or_another()
    {
        var (shop, other) = (await gateway.NewShopAsync(), await gateway.NewShopAsync());
        var thief = await shop.LinkAsync(answersFirst: true);
        var (neighbour, stranger) = (await shop.LinkAsync(), await other.LinkAsync(answersFirst: true));
        await shop.WriteAsync("alice", "hello");
        await other.WriteAsync("alice", "hello");
        var stolen = new[] { neighbour, stranger }.Select(async module => (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!);
        foreach (var id in await Task.WhenAll(stolen))
        {
            (await thief.PushAsync(id, "hi")).Status.ShouldBe(HttpStatusCode.BadRequest);
            (await thief.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await thief.AcquireAsync(id)).Status.ShouldBe(HttpStatusCode.NotFound);
        }

        foreach (var (module, room) in new[] { (neighbour, shop.Room("us")), (stranger, other.Room("us")) })
        {
            gateway.Line.Knows(room);
            (await thief.PushAsync(Seen(module, room), "hi")).Status.ShouldBe(HttpStatusCode.BadRequest);
            (await thief.AcquireAsync(Seen(module, room))).Status.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Given_60_misses_within_a_minute_When_the_linkage_misses_again_Then_429_without_asking_until_the_minute_is_over()
    {
        var (shop, module) = await LinkedAsync();
        var other = await shop.LinkAsync();
        for (var i = 0; i < 60; i++)
            (await module.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{Seen(module, shop.User("guess " + i))}")).Status.ShouldBe(HttpStatusCode.NotFound);

        var (status, body) = await module.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{Seen(module, shop.User("one more"))}");
        (status, (string?)body!["message"]).ShouldBe((HttpStatusCode.TooManyRequests, "The API rate limit has been exceeded. Try again later."));
        AskedAbout(shop.User("one more")).ShouldBeEmpty();
        (await other.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{Seen(other, shop.User("guess 0"))}")).Status.ShouldBe(HttpStatusCode.NotFound);

        await gateway.AdvanceAsync(TimeSpan.FromSeconds(61));
        (await module.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{Seen(module, shop.User("one more"))}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(500, HttpStatusCode.ServiceUnavailable)]
    [InlineData(429, HttpStatusCode.TooManyRequests)]
    [InlineData(403, HttpStatusCode.BadRequest)]
    public async Task Given_LINE_that_does_not_say_whether_it_knows_a_user_When_a_module_pushes_Then_nothing_is_sent_and_the_next_try_asks_again(int told, HttpStatusCode expected)
    {
        var (shop, module) = await LinkedAsync();
        var alice = shop.User("alice");
        gateway.Line.Knows(alice);
        gateway.Line.Answer = call => call.Path.EndsWith("profile/" + alice, StringComparison.Ordinal) ? (told, "{}") : null;
        (await module.PushAsync(Seen(module, alice), "hello")).Status.ShouldBe(expected);
        gateway.Line.Calls.ShouldNotContain(call => call.Path == "/v2/bot/message/push" && call.Body.Contains(alice));

        gateway.Line.Answer = _ => null;
        (await module.PushAsync(Seen(module, alice), "hello")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_an_account_on_its_own_channel_When_a_module_names_an_unknown_user_Then_it_is_refused_unasked_and_a_group_is_asked_for()
    {
        var shop = await gateway.NewOwnChannelShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        (await module.PushAsync(Seen(module, shop.User("nobody")), "hello")).Status.ShouldBe(HttpStatusCode.BadRequest);
        gateway.Line.Calls.ShouldNotContain(call => call.Bot == shop.Bot.ToString() && call.Path.StartsWith("/v2/bot/profile/", StringComparison.Ordinal));

        var group = shop.Room("us");
        gateway.Line.Knows(group);
        (await module.PushAsync(Seen(module, group), "hello")).Status.ShouldBe(HttpStatusCode.OK);
        AskedAbout(group).ShouldBe([$"/v2/bot/group/{group}/summary"]);
    }

    [Fact]
    public async Task Given_ten_calls_that_name_the_same_unknown_user_at_once_When_LINE_answers_Then_it_was_asked_once_and_all_go_on()
    {
        var (shop, module) = await LinkedAsync();
        var alice = shop.User("alice");
        gateway.Line.Knows(alice);
        var answered = new TaskCompletionSource();
        gateway.Line.AnswerLater = call => call.Path.EndsWith(alice, StringComparison.Ordinal) ? answered.Task : Task.CompletedTask;
        var services = gateway.Services;
        var ids = new UpstreamIds(new WatchedStore(services.GetRequiredService<IGatewayStore>()), services.GetRequiredService<LineUpstream>(), services.GetRequiredService<UpstreamChannels>(), services.GetRequiredService<StoreClock>());
        var call = new FacadeCall(new DefaultHttpContext { Request = { Method = "GET", Path = "/" } }, services.GetRequiredService<GatewayState>().Snapshot.Linkages[module.Linkage], new CallRow(HttpMethod.Post, "/", new CallRule(null, Standing.Attached)), default);

        // Each of them has come as far as LINE's answer when it returns.
        var all = Enumerable.Range(0, 10).Select(_ => ids.ResolveAsync(call, [Seen(module, alice)], LineErrors.NotFound, CancellationToken.None)).ToList();
        answered.SetResult();
        foreach (var one in all)
            (await one.WaitAsync(TimeSpan.FromSeconds(20))).Refusal.ShouldBeNull();
        AskedAbout(alice).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_body_that_names_hundreds_of_known_users_twice_When_it_is_resolved_Then_each_is_LINEs_and_no_look_at_the_store_is_for_all_of_them()
    {
        var (shop, module) = await LinkedAsync();
        var people = Enumerable.Range(0, 250).Select(i => shop.User("person " + i)).ToList();
        await shop.PostAsync(new JsonObject { ["type"] = "crowd", ["people"] = new JsonArray([.. people.Select(one => JsonValue.Create(one))]), ["mode"] = "active" });
        await gateway.RouteAsync();
        var services = gateway.Services;
        var store = new WatchedStore(services.GetRequiredService<IGatewayStore>());
        var ids = new UpstreamIds(store, services.GetRequiredService<LineUpstream>(), services.GetRequiredService<UpstreamChannels>(), services.GetRequiredService<StoreClock>());
        var call = new FacadeCall(new DefaultHttpContext { Request = { Method = "POST", Path = "/" } }, services.GetRequiredService<GatewayState>().Snapshot.Linkages[module.Linkage], new CallRow(HttpMethod.Post, "/", new CallRule(null, Standing.Attached)), default);

        var named = people.Concat(people).ToList();
        var resolved = await ids.ResolveAsync(call, named.ConvertAll(one => Seen(module, one)), LineErrors.NotFound, CancellationToken.None);
        resolved.Refusal.ShouldBeNull();
        resolved.Ids.Select(id => id.ToText(shop.Bot)).ShouldBe(named);
        await store.ReadsAsync(3);
        gateway.Line.Calls.ShouldNotContain(one => one.Path.Contains(people[0]));
    }

    [Fact]
    public void Given_many_linkages_that_missed_once_When_a_minute_has_passed_Then_they_are_let_go_and_each_counts_anew()
    {
        var window = new CallWindow<LinkageId>(60, TimeSpan.FromMinutes(1));
        var start = gateway.Clock.GetUtcNow();
        var busy = LinkageId.New();
        for (var i = 0; i < 60; i++)
            window.TryCount(busy, start).ShouldBeTrue();
        for (var i = 0; i < 20_000; i++)
            window.TryCount(LinkageId.New(), start).ShouldBeTrue();
        window.TryCount(busy, start.AddSeconds(59)).ShouldBeFalse();
        for (var i = 0; i < 20_000; i++)
            window.TryCount(LinkageId.New(), start.AddSeconds(61)).ShouldBeTrue();
        window.Count.ShouldBeLessThanOrEqualTo(20_000);
        window.TryCount(busy, start.AddSeconds(61)).ShouldBeTrue();
    }

    private async Task<(Shop Shop, LinkedDouble Module)> LinkedAsync()
    {
        var shop = await gateway.NewShopAsync();
        return (shop, await shop.LinkAsync(answersFirst: true));
    }

    private string Seen(LinkedDouble module, string lineId) => Shop.Seen(gateway, module, lineId);

    private List<string> AskedAbout(string lineId) => [.. gateway.Line.Calls.Where(call => call.Method == "GET" && call.Path.Contains(lineId)).Select(call => call.Path)];
}
