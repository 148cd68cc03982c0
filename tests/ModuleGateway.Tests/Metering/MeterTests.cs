using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Facade;
using ModuleGateway.Metering;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Metering;

public sealed class MeterTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_a_push_that_LINE_accepted_When_the_day_is_asked_for_Then_it_counts_its_one_recipient_and_a_reply_none()
    {
        var (shop, module, alice) = await TalkAsync();
        (await module.PushAsync(alice, "hello")).Status.ShouldBe(HttpStatusCode.OK);
        await shop.WriteAsync("alice", "and again");
        (await module.ReplyAsync((string)(await module.Module.NextAsync("message"))["replyToken"]!, "here")).Status.ShouldBe(HttpStatusCode.OK);

        var sends = await SendsAsync(module);
        ((int)sends["recipients"]!).ShouldBe(1);
        var day = sends["days"]!.AsArray().Single()!;
        ((string?)day["day"]).ShouldBe(gateway.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(9)).ToString("yyyyMMdd", null));
        ((int)day["recipients"]!, (int)day["replies"]!, (int)day["unknown"]!).ShouldBe((1, 1, 0));
        var linkage = (await gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["linkages"]!.AsArray().Single()!;
        ((int)linkage["messagesToday"]!).ShouldBe(2);
    }

    [Fact]
    public async Task Given_a_push_that_LINE_refused_When_the_day_is_asked_for_Then_nothing_was_counted()
    {
        var (shop, module, alice) = await TalkAsync();
        gateway.Line.Answer = call => call.Bot == shop.Bot.ToString() ? (400, """{"message":"Failed to send messages"}""") : null;
        (await module.PushAsync(alice, "hello")).Status.ShouldBe(HttpStatusCode.BadRequest);
        gateway.Line.Answer = _ => null;
        (await RecipientsAsync(module)).ShouldBe(0);
        (await OpenAsync(module)).ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_multicast_When_LINE_accepted_it_Then_each_person_counts_once_and_who_blocked_the_account_does_not()
    {
        var (shop, module, alice) = await TalkAsync();
        var people = new List<string> { alice, alice };
        foreach (var name in Enumerable.Range(0, 60).Select(i => $"person{i}"))
        {
            await shop.WriteAsync(name, "hello");
            people.Add(Shop.Seen(gateway, module, shop.User(name)));
        }

        await shop.PostAsync(new JsonObject { ["type"] = "unfollow", ["mode"] = "active", ["source"] = new JsonObject { ["type"] = "user", ["userId"] = shop.User("person7") } });
        await gateway.RouteAsync();
        var (status, body) = await module.CallAsync(HttpMethod.Post, "/v2/bot/message/multicast", new { to = people, messages = Texts("hello") });
        status.ShouldBe(HttpStatusCode.OK, body?.ToJsonString());
        (await RecipientsAsync(module)).ShouldBe(60);
    }

    [Theory]
    [InlineData('C', "group")]
    [InlineData('R', "room")]
    public async Task Given_a_push_to_a_room_of_5_When_LINE_has_said_how_many_are_there_Then_it_counts_5(char letter, string kind)
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var room = shop.Room("family", letter);
        await shop.PostAsync(new JsonObject
        {
            ["type"] = "message", ["mode"] = "active", ["replyToken"] = "t", ["message"] = new JsonObject { ["type"] = "text", ["id"] = "1", ["text"] = "hi" },
            ["source"] = new JsonObject { ["type"] = kind, [kind + "Id"] = room, ["userId"] = shop.User("alice") },
        });
        await gateway.RouteAsync();
        gateway.Line.Answer = call => call.Path == $"/v2/bot/{kind}/{room}/members/count" ? (200, """{"count":5}""") : null;
        (await module.PushAsync(Shop.Seen(gateway, module, room), "hello all")).Status.ShouldBe(HttpStatusCode.OK);
        await CountAsync();
        (await RecipientsAsync(module)).ShouldBe(5);
        await CountAsync();
        (await RecipientsAsync(module)).ShouldBe(5);
    }

    [Fact]
    public async Task Given_a_module_that_takes_its_leave_of_a_group_of_5_When_it_leaves_at_once_Then_its_last_push_counts_5_all_the_same()
    {
        var (shop, module, group) = await GroupAsync();
        var hasLeft = false;
        gateway.Line.Answer = call => call.Path == $"/v2/bot/group/{group}/members/count" ? hasLeft ? (404, """{"message":"Not found"}""") : (200, """{"count":5}""") : null;
        gateway.Line.AnswerLater = call =>
        {
            hasLeft |= call.Path == $"/v2/bot/group/{group}/leave";
            return Task.CompletedTask;
        };
        (await module.PushAsync(Shop.Seen(gateway, module, group), "goodbye")).Status.ShouldBe(HttpStatusCode.OK);
        (await module.CallAsync(HttpMethod.Post, $"/v2/bot/group/{Shop.Seen(gateway, module, group)}/leave")).Status.ShouldBe(HttpStatusCode.OK);
        gateway.Line.AnswerLater = _ => Task.CompletedTask;
        hasLeft.ShouldBeTrue();
        await CountAsync();
        (await DaysAsync(module)).Select(day => (day.Recipients, day.Unknown)).ShouldBe([(5, 0)]);
        gateway.Line.Calls.Count(call => call.Bot == shop.Bot.ToString() && call.Path.EndsWith("/members/count", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_group_that_removed_the_account_right_after_a_push_When_LINE_says_its_number_no_more_Then_the_last_number_that_it_said_counts()
    {
        var (_, module, group) = await GroupAsync();
        gateway.Line.Answer = call => call.Path == $"/v2/bot/group/{group}/members/count" ? (200, """{"count":7}""") : null;
        (await module.PushAsync(Shop.Seen(gateway, module, group), "hello")).Status.ShouldBe(HttpStatusCode.OK);
        await CountAsync();
        gateway.Line.Answer = call => call.Path == $"/v2/bot/group/{group}/members/count" ? (404, """{"message":"Not found"}""") : null;
        (await module.PushAsync(Shop.Seen(gateway, module, group), "the last one")).Status.ShouldBe(HttpStatusCode.OK);
        await CountAsync();
        (await DaysAsync(module)).Select(day => (day.Recipients, day.Unknown)).ShouldBe([(14, 0)]);
    }

    [Fact]
    public async Task Given_a_group_of_which_LINE_never_said_the_number_When_it_has_removed_the_account_Then_the_push_stands_among_the_unknown()
    {
        var (_, module, group) = await GroupAsync();
        gateway.Line.Answer = call => call.Path == $"/v2/bot/group/{group}/members/count" ? (404, """{"message":"Not found"}""") : null;
        (await module.PushAsync(Shop.Seen(gateway, module, group), "the only one")).Status.ShouldBe(HttpStatusCode.OK);
        await CountAsync();
        (await DaysAsync(module)).Select(day => (day.Recipients, day.Unknown)).ShouldBe([(0, 1)]);
    }

    [Fact]
    public async Task Given_an_outcome_that_nobody_knows_When_the_same_key_is_answered_409_Then_the_send_counts_once()
    {
        var (shop, module, alice) = await TalkAsync();
        var key = Guid.NewGuid().ToString();
        gateway.Line.HangUp = call => call.Bot == shop.Bot.ToString() && call.Path == "/v2/bot/message/push";
        (await PushAsync(module, alice, key)).ShouldBe(HttpStatusCode.InternalServerError);
        gateway.Line.HangUp = _ => false;
        (await RecipientsAsync(module)).ShouldBe(0);

        gateway.Line.Answer = call => call.Bot == shop.Bot.ToString() && call.RetryKey is not null ? (409, """{"message":"The retry key is already accepted"}""") : null;
        (await PushAsync(module, alice, key)).ShouldBe(HttpStatusCode.Conflict);
        (await RecipientsAsync(module)).ShouldBe(1);
        (await PushAsync(module, alice, key)).ShouldBe(HttpStatusCode.Conflict); // It was counted before.
        gateway.Line.Answer = _ => null;
        (await RecipientsAsync(module)).ShouldBe(1);
        (await OpenAsync(module)).ShouldBe(0);
    }

    [Fact]
    public async Task Given_an_outcome_that_nobody_knows_When_the_same_key_is_accepted_now_Then_only_this_try_counts()
    {
        var (shop, module, alice) = await TalkAsync();
        var key = Guid.NewGuid().ToString();
        gateway.Line.Answer = call => call.Bot == shop.Bot.ToString() && call.RetryKey is not null ? (500, """{"message":"Internal error"}""") : null;
        (await PushAsync(module, alice, key)).ShouldBe(HttpStatusCode.InternalServerError);
        gateway.Line.Answer = _ => null;
        (await PushAsync(module, alice, key)).ShouldBe(HttpStatusCode.OK);
        (await RecipientsAsync(module)).ShouldBe(1);
        (await OpenAsync(module)).ShouldBe(0);
    }

    [Fact]
    public async Task Given_an_outcome_that_stays_unknown_When_a_day_has_passed_Then_it_stands_among_the_unknown_and_in_no_total()
    {
        var (shop, module, alice) = await TalkAsync();
        gateway.Line.HangUp = call => call.Bot == shop.Bot.ToString() && call.Path == "/v2/bot/message/push";
        (await module.PushAsync(alice, "hello")).Status.ShouldBe(HttpStatusCode.InternalServerError);
        gateway.Line.HangUp = _ => false;
        await CountAsync();
        (await OpenAsync(module)).ShouldBe(1);
        await gateway.AdvanceAsync(TimeSpan.FromHours(24.1));
        await CountAsync();
        (await OpenAsync(module)).ShouldBe(0);
        var days = await DaysAsync(module);
        (days.Sum(day => day.Unknown), days.Sum(day => day.Recipients)).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Given_a_narrowcast_When_LINE_is_through_with_it_Then_those_that_it_reached_count()
    {
        var (shop, module, _) = await TalkAsync();
        var progress = """{"phase":"sending"}""";
        gateway.Line.Answer = call => call.Path == "/v2/bot/message/progress/narrowcast" && call.Bot == shop.Bot.ToString() ? (200, progress) : null;
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/message/narrowcast", new { messages = Texts("sale") })).Status.ShouldBe(HttpStatusCode.OK);
        var sent = gateway.Line.Calls.Last(call => call.Path == "/v2/bot/message/narrowcast" && call.Bot == shop.Bot.ToString());
        await gateway.AdvanceAsync(TimeSpan.FromMinutes(1.1));
        await CountAsync();
        gateway.Line.Calls.ShouldContain(call => call.Path == "/v2/bot/message/progress/narrowcast" && call.Query.Contains(sent.RequestId));
        (await RecipientsAsync(module)).ShouldBe(0);

        progress = """{"phase":"succeeded","successCount":1234,"failureCount":2,"targetCount":1236}""";
        await gateway.AdvanceAsync(TimeSpan.FromMinutes(1.1));
        await CountAsync();
        (await RecipientsAsync(module)).ShouldBe(1234);
    }

    [Fact]
    public async Task Given_a_broadcast_When_LINEs_statistics_name_those_it_reached_Then_they_count_on_the_day_of_the_broadcast()
    {
        var (shop, module, _) = await TalkAsync();
        var day = SentOnDay.DayOf(gateway.Clock.GetUtcNow());
        var statistics = """{"overview":{"requestId":"x","timestamp":1,"delivered":null}}""";
        gateway.Line.Answer = call => call.Path == "/v2/bot/insight/message/event" && call.Bot == shop.Bot.ToString() ? (200, statistics) : null;
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/message/broadcast", new { messages = Texts("sale") })).Status.ShouldBe(HttpStatusCode.OK);
        await gateway.AdvanceAsync(TimeSpan.FromHours(1.1));
        await CountAsync();
        (await RecipientsAsync(module)).ShouldBe(0);
        statistics = """{"overview":{"requestId":"x","timestamp":1,"delivered":320}}""";
        await gateway.AdvanceAsync(TimeSpan.FromHours(24));
        await CountAsync();
        (await DaysAsync(module)).Single(one => one.Recipients > 0).ShouldBe(new SentOnDay(day, 320, 0, 0));
    }

    [Fact]
    public async Task Given_a_plan_with_a_limit_When_it_is_reached_Then_429_in_LINEs_words_before_LINE_is_asked_until_the_month_is_over()
    {
        var (shop, module, alice) = await TalkAsync();
        await LimitAsync(shop, module, 2);
        foreach (var text in new[] { "one", "two" })
            (await module.PushAsync(alice, text)).Status.ShouldBe(HttpStatusCode.OK);
        var (status, body) = await module.PushAsync(alice, "three");
        status.ShouldBe(HttpStatusCode.TooManyRequests);
        ((string?)body!["message"]).ShouldBe("You have reached your monthly limit.");
        gateway.Line.Calls.Count(call => call.Path == "/v2/bot/message/push" && call.Bot == shop.Bot.ToString()).ShouldBe(2);
        ((int)(await SendsAsync(module))["messagesPerMonthMax"]!).ShouldBe(2);
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/message/broadcast", new { messages = Texts("sale") })).Status.ShouldBe(HttpStatusCode.TooManyRequests);

        await shop.WriteAsync("alice", "hi"); // What is not billed goes on.
        (await module.ReplyAsync((string)(await module.Module.NextAsync("message"))["replyToken"]!, "here")).Status.ShouldBe(HttpStatusCode.OK);

        await gateway.AdvanceAsync(TimeSpan.FromDays(31));
        (await module.PushAsync(alice, "a new month")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_broadcast_that_LINE_has_not_counted_yet_When_it_reaches_all_that_the_plan_has_left_Then_the_next_one_is_refused()
    {
        var (shop, module, alice) = await TalkAsync();
        foreach (var name in new[] { "alice", "bob", "carol" })
            await shop.PostAsync(new JsonObject { ["type"] = "follow", ["mode"] = "active", ["source"] = new JsonObject { ["type"] = "user", ["userId"] = shop.User(name) } });
        await gateway.RouteAsync();
        await LimitAsync(shop, module, 4);
        gateway.Line.Answer = call => call.Path == "/v2/bot/insight/message/event" && call.Bot == shop.Bot.ToString() ? (200, """{"overview":{"delivered":2}}""") : null;
        (await BroadcastAsync(module)).ShouldBe(HttpStatusCode.OK);  // 3 friends: one place is left.
        (await BroadcastAsync(module)).ShouldBe(HttpStatusCode.OK);  // How far it goes is LINE's to say: one may go beyond.
        (await BroadcastAsync(module)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await module.PushAsync(alice, "hello")).Status.ShouldBe(HttpStatusCode.TooManyRequests);

        await gateway.AdvanceAsync(TimeSpan.FromHours(1.1));
        await CountAsync();
        (await RecipientsAsync(module)).ShouldBe(4);
        (await OpenAsync(module)).ShouldBe(0);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.TooManyRequests)] // 3 friends and the one before: nothing is left of 4.
    [InlineData(2, HttpStatusCode.OK)]
    public async Task Given_a_narrowcast_that_LINE_has_not_counted_yet_When_the_next_send_comes_Then_it_holds_as_many_places_as_it_may_reach(int? max, HttpStatusCode next)
    {
        var (shop, module, alice) = await TalkAsync();
        foreach (var name in new[] { "alice", "bob", "carol" })
            await shop.PostAsync(new JsonObject { ["type"] = "follow", ["mode"] = "active", ["source"] = new JsonObject { ["type"] = "user", ["userId"] = shop.User(name) } });
        await gateway.RouteAsync();
        await LimitAsync(shop, module, 4);
        gateway.Line.Answer = call => call.Path == "/v2/bot/message/progress/narrowcast" && call.Bot == shop.Bot.ToString() ? (200, """{"phase":"succeeded","successCount":1}""") : null;
        (await module.PushAsync(alice, "before")).Status.ShouldBe(HttpStatusCode.OK);
        object narrowcast = max is null ? new { messages = Texts("sale") } : new { messages = Texts("sale"), limit = new { max } };
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/message/narrowcast", narrowcast)).Status.ShouldBe(HttpStatusCode.OK);

        (await module.PushAsync(alice, "at once")).Status.ShouldBe(next);

        await gateway.AdvanceAsync(TimeSpan.FromMinutes(1.1));
        await CountAsync();
        (await module.PushAsync(alice, "LINE has counted")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_plan_with_a_limit_When_many_send_at_once_Then_no_more_get_through_than_it_has()
    {
        var (shop, module, alice) = await TalkAsync();
        await LimitAsync(shop, module, 5);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => module.PushAsync(alice, $"{i}")));
        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(5);
        answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests).ShouldBe(15);
        (await RecipientsAsync(module)).ShouldBe(5);
    }

    [Fact]
    public async Task Given_a_multicast_that_does_not_fit_When_it_is_sent_Then_it_is_refused_whole_and_a_smaller_one_goes_through()
    {
        var (shop, module, alice) = await TalkAsync();
        await LimitAsync(shop, module, 2);
        string[] others = [.. new[] { "bob", "carol" }.Select(name => Shop.Seen(gateway, module, shop.User(name)))];
        foreach (var name in new[] { "bob", "carol" })
            await shop.WriteAsync(name, "hello");
        await gateway.RouteAsync();
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/message/multicast", new { to = others.Append(alice), messages = Texts("x") })).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/message/multicast", new { to = others, messages = Texts("x") })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_gateway_that_is_started_again_When_the_module_tries_its_key_again_Then_what_LINE_took_before_counts_once()
    {
        var (shop, module, alice) = await TalkAsync();
        var key = Guid.NewGuid().ToString();
        (await module.PushAsync(alice, "before")).Status.ShouldBe(HttpStatusCode.OK);
        gateway.Line.HangUp = call => call.Bot == shop.Bot.ToString() && call.RetryKey is not null;
        (await PushAsync(module, alice, key)).ShouldBe(HttpStatusCode.InternalServerError);
        gateway.Line.HangUp = _ => false;
        await gateway.StopAsync();
        await gateway.StartAsync();

        (await OpenAsync(module)).ShouldBe(1);
        gateway.Line.Answer = call => call.Bot == shop.Bot.ToString() && call.RetryKey is not null ? (409, """{"message":"The retry key is already accepted"}""") : null;
        (await PushAsync(module, alice, key)).ShouldBe(HttpStatusCode.Conflict);
        gateway.Line.Answer = _ => null;
        (await RecipientsAsync(module)).ShouldBe(2);
        (await OpenAsync(module)).ShouldBe(0);
    }

    [Fact]
    public async Task Given_pushes_that_were_answered_a_moment_ago_When_the_gateway_is_stopped_Then_each_is_counted_after_the_next_start()
    {
        var (_, module, alice) = await TalkAsync();
        for (var i = 0; i < 3; i++)
            (await module.PushAsync(alice, $"hello {i}")).Status.ShouldBe(HttpStatusCode.OK);
        await gateway.StopAsync();
        await gateway.StartAsync();

        var rows = await gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(
            tx => (Days: tx.Meter.Days(module.Linkage, new DateOnly(2000, 1, 1), new DateOnly(2100, 1, 1)), Open: tx.Meter.OpenRecipients(module.Linkage, DateTimeOffset.UnixEpoch)));
        (rows.Days.Sum(day => day.Recipients), rows.Open).ShouldBe((3, 0));
    }

    [Fact]
    public async Task Given_a_push_that_our_own_rate_limit_refused_When_the_day_is_asked_for_Then_nothing_was_counted_and_nothing_stays_open()
    {
        var (shop, module, alice) = await TalkAsync();
        gateway.Line.Answer = call => call.Bot == shop.Bot.ToString() ? (429, """{"message":"The API rate limit has been exceeded. Try again later."}""") : null;
        (await module.PushAsync(alice, "LINE refuses")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        gateway.Line.Answer = _ => null;
        (await module.PushAsync(alice, "we refuse")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        gateway.Line.Calls.Count(call => call.Path == "/v2/bot/message/push" && call.Bot == shop.Bot.ToString()).ShouldBe(1);
        (await RecipientsAsync(module)).ShouldBe(0);
        (await OpenAsync(module)).ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_module_that_hangs_up_while_LINE_sends_When_LINE_has_accepted_Then_it_counts_all_the_same_and_the_key_is_kept()
    {
        var (shop, module, alice) = await TalkAsync();
        var key = Guid.NewGuid().ToString();
        using var gone = new CancellationTokenSource();
        gateway.Line.AnswerLater = call => call.Bot == shop.Bot.ToString() && call.RetryKey is not null ? gone.CancelAsync() : Task.CompletedTask;
        var http = new DefaultHttpContext { RequestAborted = gone.Token, RequestServices = gateway.Services };
        (http.Request.Method, http.Request.Path, http.Request.ContentType) = ("POST", "/v2/bot/message/push", "application/json");
        http.Request.Headers.Authorization = $"Bearer {await module.TokenAsync()}";
        http.Request.Headers["X-Line-Bot-Id"] = shop.Bot.ToString();
        http.Request.Headers["X-Line-Retry-Key"] = key;
        http.Request.Body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new { to = alice, messages = Texts("hello") }));
        var door = gateway.Services.GetRequiredService<FacadePipeline>()
            .For(FacadeTable.All.Single(row => row.Name == "POST /v2/bot/message/push"), gateway.Services.GetRequiredService<PassCall>().HandleAsync);
        await Should.ThrowAsync<OperationCanceledException>(() => door(http)); // Nobody is there to be answered.
        gateway.Line.AnswerLater = _ => Task.CompletedTask;

        gateway.Line.Calls.Count(call => call.Path == "/v2/bot/message/push" && call.Bot == shop.Bot.ToString()).ShouldBe(1);
        (await RecipientsAsync(module)).ShouldBe(1);
        (await OpenAsync(module)).ShouldBe(0);
        (await PushAsync(module, alice, key)).ShouldBe(HttpStatusCode.Conflict);
        gateway.Line.Calls.Count(call => call.Path == "/v2/bot/message/push" && call.Bot == shop.Bot.ToString()).ShouldBe(1);
    }

    [Fact]
    public async Task Given_the_last_message_of_a_plan_whose_outcome_nobody_knows_When_its_key_is_tried_again_Then_it_takes_no_second_place()
    {
        var (shop, module, alice) = await TalkAsync();
        await LimitAsync(shop, module, 1);
        var key = Guid.NewGuid().ToString();
        gateway.Line.HangUp = call => call.Bot == shop.Bot.ToString() && call.RetryKey is not null;
        (await PushAsync(module, alice, key)).ShouldBe(HttpStatusCode.InternalServerError);
        gateway.Line.HangUp = _ => false;
        (await PushAsync(module, alice, Guid.NewGuid().ToString())).ShouldBe(HttpStatusCode.TooManyRequests);
        (await PushAsync(module, alice, key)).ShouldBe(HttpStatusCode.OK);
        (await RecipientsAsync(module)).ShouldBe(1);
    }

    [Fact]
    public async Task Given_two_modules_of_one_account_When_one_sends_Then_the_other_has_sent_nothing()
    {
        var (shop, module, alice) = await TalkAsync();
        var other = await shop.LinkAsync();
        (await module.PushAsync(alice, "hello")).Status.ShouldBe(HttpStatusCode.OK);
        (await RecipientsAsync(other)).ShouldBe(0);
        (await RecipientsAsync(module)).ShouldBe(1);
    }

    [Theory]
    [InlineData("from=2026")]
    [InlineData("from=20260201&to=20260101")]
    [InlineData("from=20200101&to=20260101")]
    public async Task Given_days_that_are_none_When_they_are_asked_for_Then_400(string query)
    {
        var (_, module, _) = await TalkAsync();
        (await gateway.RefusedAsync(HttpMethod.Get, $"/management/linkages/{module.Linkage.Value}/sends?{query}")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await gateway.RefusedAsync(HttpMethod.Get, $"/management/linkages/{Guid.NewGuid()}/sends")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>A shop whose one module answers first and knows alice.</summary>
    private async Task<(Shop Shop, LinkedDouble Module, string Alice)> TalkAsync()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true, scopes: [Scopes.MessageSend, Scopes.MessageReceive, Scopes.ProfileRead, Scopes.AccountManage]);
        await shop.WriteAsync("alice", "hello");
        return (shop, module, (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!);
    }

    private async Task<(Shop Shop, LinkedDouble Module, string Group)> GroupAsync()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var group = shop.Room("family", 'C');
        await shop.PostAsync(new JsonObject
        {
            ["type"] = "message", ["mode"] = "active", ["replyToken"] = "t", ["message"] = new JsonObject { ["type"] = "text", ["id"] = "1", ["text"] = "hi" },
            ["source"] = new JsonObject { ["type"] = "group", ["groupId"] = group, ["userId"] = shop.User("alice") },
        });
        await gateway.RouteAsync();
        return (shop, module, group);
    }

    /// <summary>The owner buys a plan that lets through so many a month.</summary>
    private Task LimitAsync(Shop shop, LinkedDouble module, int max) => gateway.WithRegistryAsync(db =>
    {
        var linkage = db.Linkages.Single(row => row.Id == module.Linkage);
        var (plan, price) = (PlanId.New(), PriceId.New());
        db.Plans.Add(new Plan { Id = plan, ModuleId = linkage.ModuleId, Code = "small", Position = 0, MessagesPerMonthMax = max, Prices = [new Price { Id = price, PlanId = plan, Amount = new Money(0, Currency.Twd), Interval = BillingInterval.Month, ValidFrom = gateway.Clock.GetUtcNow() }] });
        db.Subscriptions.Add(new Subscription
        {
            Id = SubscriptionId.New(), TenantId = shop.Tenant, OfficialAccountId = shop.Account, ModuleId = linkage.ModuleId, PlanId = plan, PriceId = price, State = SubscriptionState.Active, StartedAt = gateway.Clock.GetUtcNow(),
        });
        linkage.TurnedOnAt = gateway.Clock.GetUtcNow();
    });

    private Task CountAsync() => gateway.Services.GetRequiredService<MeterWorker>().RunDueAsync(CancellationToken.None);

    private async Task<JsonNode> SendsAsync(LinkedDouble module) => await gateway.ManageAsync($"/management/linkages/{module.Linkage.Value}/sends");

    private async Task<int> RecipientsAsync(LinkedDouble module) => (int)(await SendsAsync(module))["recipients"]!;

    private async Task<IReadOnlyList<SentOnDay>> DaysAsync(LinkedDouble module)
    {
        await WrittenAsync();
        return await gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Meter.Days(module.Linkage, new DateOnly(2000, 1, 1), new DateOnly(2100, 1, 1)));
    }

    private async Task<long> OpenAsync(LinkedDouble module)
    {
        await WrittenAsync();
        return await gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Meter.OpenRecipients(module.Linkage, DateTimeOffset.UnixEpoch));
    }

    /// <summary>Completes when the sends that were answered are counted.</summary>
    private async Task WrittenAsync() => (await gateway.Services.GetRequiredService<AcceptedSends>().WriteAsync(CancellationToken.None)).ShouldBeTrue();

    private async Task<HttpStatusCode> PushAsync(LinkedDouble module, string to, string retryKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/bot/message/push") { Content = JsonContent.Create(new { to, messages = Texts("hello") }) };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await module.TokenAsync()}");
        request.Headers.TryAddWithoutValidation("X-Line-Bot-Id", module.Bot.ToString());
        request.Headers.TryAddWithoutValidation("X-Line-Retry-Key", retryKey);
        using var answer = await gateway.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> BroadcastAsync(LinkedDouble module) =>
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/message/broadcast", new { messages = Texts("sale") })).Status;

    private static object[] Texts(string text) => [new { type = "text", text }];
}
