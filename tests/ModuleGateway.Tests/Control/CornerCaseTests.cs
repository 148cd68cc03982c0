using System.Net;
using System.Text.Json.Nodes;
using Tenancy;

namespace ModuleGateway.Tests.Control;

/// <summary>What happens between the ordinary cases: renewals, holds that do not nest, accounts where nobody answers first, calls that are on their way.</summary>
public sealed class CornerCaseTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new();
    private Shop _shop = null!;
    private LinkedDouble _first = null!;
    private LinkedDouble _second = null!;
    private LinkedDouble _third = null!;

    public async Task InitializeAsync()
    {
        await _gateway.InitializeAsync();
        _shop = await _gateway.NewShopAsync();
        _first = await _shop.LinkAsync(answersFirst: true);
        _second = await _shop.LinkAsync();
        _third = await _shop.LinkAsync();
    }

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_the_active_module_When_it_acquires_its_chat_again_Then_the_hold_is_renewed_in_the_same_epoch_and_it_hears_the_new_end()
    {
        var alice = await MeetAsync("alice");
        (await _second.AcquireAsync(alice[_second], new { ttl = 60 })).Status.ShouldBe(HttpStatusCode.OK);
        var until = ExpireAt(await _second.Module.NextAsync("activated"));
        await _shop.WriteAsync("alice", "a question");
        var token = (string)(await _second.Module.NextAsync("message"))["replyToken"]!;
        var epoch = await EpochAsync();

        await _gateway.AdvanceAsync(TimeSpan.FromSeconds(30));
        (await _second.AcquireAsync(alice[_second], new { ttl = 60 })).Status.ShouldBe(HttpStatusCode.OK);
        ExpireAt(await _second.Module.NextAsync("activated")).ShouldBeGreaterThanOrEqualTo(until + 30_000);
        (await EpochAsync()).ShouldBe(epoch);
        (await _second.ReplyAsync(token, "of the same epoch")).Status.ShouldBe(HttpStatusCode.OK);
        await _gateway.AdvanceAsync(TimeSpan.FromSeconds(40));
        (await _second.PushAsync(alice[_second], "the old end is over, the new one is not")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_hold_taken_from_another_holder_When_it_is_released_Then_the_default_answers_and_not_the_holder_before()
    {
        var alice = await MeetAsync("alice");
        (await _second.AcquireAsync(alice[_second], new { expired = false })).Status.ShouldBe(HttpStatusCode.OK);
        await _gateway.AdvanceAsync(TimeSpan.FromSeconds(3.1));
        (await _third.AcquireAsync(alice[_third])).Status.ShouldBe(HttpStatusCode.OK);
        (await _third.ReleaseAsync(alice[_third])).Status.ShouldBe(HttpStatusCode.OK);
        (await _second.PushAsync(alice[_second], "not mine any more")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _first.PushAsync(alice[_first], "mine")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_an_acquire_that_was_released_When_another_acquires_within_3_s_Then_it_may()
    {
        var alice = await MeetAsync("alice");
        (await _second.AcquireAsync(alice[_second])).Status.ShouldBe(HttpStatusCode.OK);
        (await _second.ReleaseAsync(alice[_second])).Status.ShouldBe(HttpStatusCode.OK);
        (await _third.AcquireAsync(alice[_third])).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_an_account_where_nobody_answers_first_When_a_holder_releases_Then_the_chat_is_LINEs_own_and_LINE_is_told()
    {
        var alice = await MeetAsync("alice");
        (await _second.AcquireAsync(alice[_second])).Status.ShouldBe(HttpStatusCode.OK);
        await _shop.AnswersFirstAsync(null);
        (await _second.ReleaseAsync(alice[_second])).Status.ShouldBe(HttpStatusCode.OK);
        await _gateway.Line.CalledAsync(call => call.Path == $"/v2/bot/chat/{_shop.User("alice")}/control/release");
        await _shop.AnswersFirstAsync(_first);
        (await _first.PushAsync(alice[_first], "it was given back, not left free")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Given_an_account_where_nobody_answers_first_When_a_hold_runs_out_Then_LINE_gets_the_chat_before_the_customer_writes_again()
    {
        var alice = await MeetAsync("alice");
        await _shop.AnswersFirstAsync(null);
        (await _second.AcquireAsync(alice[_second], new { ttl = 60 })).Status.ShouldBe(HttpStatusCode.OK);
        await _gateway.AdvanceAsync(TimeSpan.FromSeconds(61));
        await _gateway.Line.CalledAsync(call => call.Path == $"/v2/bot/chat/{_shop.User("alice")}/control/release");

        await _shop.AnswersFirstAsync(_first);
        await _shop.WriteAsync("alice", "is somebody there now?", mode: "standby");
        await _gateway.Line.CalledAsync(call => call.Path == $"/v2/bot/chat/{_shop.User("alice")}/control/acquire");
    }

    [Fact]
    public async Task Given_a_suspended_default_When_a_holder_releases_Then_LINE_gets_the_chat_until_the_default_is_back()
    {
        var alice = await MeetAsync("alice");
        (await _second.AcquireAsync(alice[_second], new { expired = false })).Status.ShouldBe(HttpStatusCode.OK);
        await _shop.SetStateAsync(_first, LinkageState.Suspended);
        (await _second.ReleaseAsync(alice[_second])).Status.ShouldBe(HttpStatusCode.OK);
        await _gateway.Line.CalledAsync(call => call.Path == $"/v2/bot/chat/{_shop.User("alice")}/control/release");

        await _shop.SetStateAsync(_first, LinkageState.On);
        await _shop.WriteAsync("alice", "back?", mode: "standby");
        await _gateway.Line.CalledAsync(call => call.Path == $"/v2/bot/chat/{_shop.User("alice")}/control/acquire");
    }

    [Fact]
    public async Task Given_a_hold_of_the_default_itself_When_it_runs_out_Then_it_stays_active_and_nobody_is_told_a_thing()
    {
        var alice = await MeetAsync("alice");
        (await _first.AcquireAsync(alice[_first], new { ttl = 60 })).Status.ShouldBe(HttpStatusCode.OK);
        await _first.Module.NextAsync("activated");
        var epoch = await EpochAsync();
        await _gateway.AdvanceAsync(TimeSpan.FromSeconds(61));
        await _shop.WriteAsync("alice", "still you?");
        var next = (await _first.Module.NextAsync()).Events.ShouldHaveSingleItem();
        ((string?)next["mode"]).ShouldBe("active");
        ((string?)next["message"]!["text"]).ShouldBe("still you?");
        (await EpochAsync()).ShouldBe(epoch);
    }

    [Fact]
    public async Task Given_a_hold_that_runs_out_while_the_gateway_is_down_When_it_starts_Then_it_has_ended_and_both_are_told_without_any_event()
    {
        var alice = await MeetAsync("alice");
        (await _second.AcquireAsync(alice[_second], new { ttl = 60 })).Status.ShouldBe(HttpStatusCode.OK);
        await _second.Module.NextAsync("activated");
        await _first.Module.NextAsync("deactivated");
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        await _gateway.StopAsync();
        _gateway.Clock.Advance(TimeSpan.FromSeconds(61));
        await _gateway.StartAsync();
        await _second.Module.NextAsync("deactivated");
        await _first.Module.NextAsync("activated");
        (await _second.PushAsync(alice[_second], "over")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Given_a_group_When_a_module_acquires_it_Then_it_is_one_chat_whoever_writes_in_it_and_a_members_own_chat_is_another()
    {
        var group = _shop.Room("book club");
        await WriteInGroupAsync(group, "alice", "hello all");
        var atSecond = (string)(await _second.Module.NextAsync("message"))["source"]!["groupId"]!;
        await _first.Module.NextAsync("message");
        (await _second.AcquireAsync(atSecond)).Status.ShouldBe(HttpStatusCode.OK);
        await WriteInGroupAsync(group, "bob", "who answers?");
        var got = await _second.Module.NextAsync("message");
        ((string?)got["mode"]).ShouldBe("active");
        ((string?)(await _first.Module.NextAsync("message"))["mode"]).ShouldBe("standby");
        (await _second.PushAsync(atSecond, "to the group")).Status.ShouldBe(HttpStatusCode.OK);
        (await _second.PushAsync((string)got["source"]!["userId"]!, "to bob alone")).Status.ShouldBe(HttpStatusCode.Forbidden, "a push to a member's user id is the user's chat");
    }

    [Theory]
    [InlineData("group", 'C')]
    [InlineData("room", 'R')]
    public async Task Given_a_group_or_room_that_a_module_holds_When_the_account_leaves_and_joins_again_Then_the_hold_ended_after_the_leave_and_the_default_answers(string kind, char letter)
    {
        var room = _shop.Room("book club", letter);
        await _shop.PostAsync(InRoom("join", kind, room, "token of the first join"));
        var atSecond = (string)(await _second.Module.NextAsync("join"))["source"]![kind + "Id"]!;
        (await _second.AcquireAsync(atSecond, new { expired = false })).Status.ShouldBe(HttpStatusCode.OK);
        await _second.Module.NextAsync("activated");
        await _shop.PostAsync(InRoom("leave", kind, room));
        (await NextTypeAsync(_second), await NextTypeAsync(_second)).ShouldBe(("leave", "deactivated"));
        (await _second.AcquireAsync(atSecond)).Status.ShouldBe(HttpStatusCode.NotFound);

        await _shop.PostAsync(InRoom("join", kind, room, "token of the second join"));
        ((string?)(await _second.Module.NextAsync("join"))["mode"]).ShouldBe("standby");
        await _first.Module.NextAsync("join");
        ((string?)(await _first.Module.NextAsync("join"))["mode"]).ShouldBe("active");
    }

    [Fact]
    public async Task Given_a_chat_that_was_given_back_to_LINEs_own_channel_When_a_module_that_does_not_answer_first_acquires_Then_it_has_it()
    {
        var alice = await MeetAsync("alice");
        (await _first.ReleaseAsync(alice[_first])).Status.ShouldBe(HttpStatusCode.OK);
        await _gateway.Line.CalledAsync(call => call.Path == $"/v2/bot/chat/{_shop.User("alice")}/control/release");
        (await _second.AcquireAsync(alice[_second])).Status.ShouldBe(HttpStatusCode.OK);
        _gateway.Line.Calls.Last(call => call.Path.EndsWith("/control/acquire", StringComparison.Ordinal)).Body.ShouldBe("""{"expired":false}""");
        (await _second.PushAsync(alice[_second], "mine")).Status.ShouldBe(HttpStatusCode.OK);
        (await _first.PushAsync(alice[_first], "no longer")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Given_a_holder_whose_linkage_ends_When_it_is_applied_Then_it_hears_detached_last_and_the_default_is_told_of_its_gain()
    {
        var alice = await MeetAsync("alice");
        (await _second.AcquireAsync(alice[_second], new { expired = false })).Status.ShouldBe(HttpStatusCode.OK);
        await _second.Module.NextAsync("activated");
        await _first.Module.NextAsync("deactivated");
        await _shop.SetStateAsync(_second, LinkageState.Ended);
        await _first.Module.NextAsync("activated");
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        var heard = _second.Module.All.SelectMany(got => got.Events).Select(one => (string?)one["module"]?["type"] ?? (string)one["type"]!).ToList();
        heard[^1].ShouldBe("detached");
        heard.Count(type => type == "deactivated").ShouldBe(0);
    }

    [Fact]
    public async Task Given_chats_with_and_without_holder_When_another_is_chosen_to_answer_first_Then_each_is_told_once_for_the_account_held_chats_stay_and_LINE_is_not_called()
    {
        var (alice, bob) = (await MeetAsync("alice"), await MeetAsync("bob"));
        (await _second.AcquireAsync(alice[_second], new { expired = false })).Status.ShouldBe(HttpStatusCode.OK);
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        var (calls, told) = (_gateway.Line.Calls.Count, _third.Module.All.Count);
        var epoch = await EpochAsync();
        await _shop.AnswersFirstAsync(_third);
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        _third.Module.All.Skip(told).SelectMany(got => got.Events).ShouldHaveSingleItem()["defaultActive"]!["state"]!.GetValue<string>().ShouldBe("gained");
        _gateway.Line.Calls.Count.ShouldBe(calls);
        (await EpochAsync()).ShouldBeGreaterThan(epoch);
        (await _second.PushAsync(alice[_second], "held")).Status.ShouldBe(HttpStatusCode.OK);
        (await _third.PushAsync(bob[_third], "by default")).Status.ShouldBe(HttpStatusCode.OK);
        (await _first.PushAsync(bob[_first], "no longer")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Given_a_push_that_LINE_has_not_answered_When_another_module_acquires_Then_it_does_not_wait_and_the_push_is_as_good_as_it_was()
    {
        var alice = await MeetAsync("alice");
        var (atLine, goOn) = (Source(), Source());
        _gateway.Line.AnswerLater = async call =>
        {
            if (call.Path != "/v2/bot/message/push")
                return;
            atLine.TrySetResult();
            await goOn.Task;
        };
        var push = _first.PushAsync(alice[_first], "admitted before");
        await atLine.Task.WaitAsync(TimeSpan.FromSeconds(20));
        (await _second.AcquireAsync(alice[_second])).Status.ShouldBe(HttpStatusCode.OK);
        goOn.SetResult();
        (await push).Status.ShouldBe(HttpStatusCode.OK);
        _gateway.Line.AnswerLater = _ => Task.CompletedTask;
        (await _first.PushAsync(alice[_first], "asked after")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Given_a_reply_on_its_way_When_its_token_is_used_again_meanwhile_Then_400()
    {
        await _shop.WriteAsync("alice", "hello");
        var token = (string)(await _first.Module.NextAsync("message"))["replyToken"]!;
        var (atLine, goOn) = (Source(), Source());
        _gateway.Line.AnswerLater = async call =>
        {
            atLine.TrySetResult();
            await goOn.Task;
        };
        var reply = _first.ReplyAsync(token, "on its way");
        await atLine.Task.WaitAsync(TimeSpan.FromSeconds(20));
        (await _first.ReplyAsync(token, "meanwhile")).Status.ShouldBe(HttpStatusCode.BadRequest);
        goOn.SetResult();
        (await reply).Status.ShouldBe(HttpStatusCode.OK);
        _gateway.Line.Calls.Count(call => call.Path == "/v2/bot/message/reply").ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_delivery_that_is_tried_again_When_it_arrives_Then_it_carries_the_same_token_and_the_token_has_no_more_time()
    {
        _first.Module.Status = got => got.Attempt == 1 && got.Events.Any(one => (string?)one["type"] == "message") ? 500 : 200;
        await _shop.WriteAsync("alice", "hello");
        var token = (string)(await _first.Module.NextAsync("message"))["replyToken"]!;
        _gateway.Clock.Advance(TimeSpan.FromSeconds(61));
        var again = await _first.Module.NextAsync("message");
        ((string?)again["replyToken"]).ShouldBe(token);
        (await _first.ReplyAsync(token, "too late")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_a_linkage_without_message_receive_When_customers_write_Then_it_gets_nothing()
    {
        var deaf = await _shop.LinkAsync(scopes: [Scopes.MessageSend]);
        await _shop.WriteAsync("alice", "hello");
        await _first.Module.NextAsync("message");
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        (await deaf.CallAsync(HttpMethod.Post, "/v2/bot/channel/detach", new { botId = _shop.Bot.ToString() })).Status.ShouldBe(HttpStatusCode.OK);
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        deaf.Module.All.ShouldBeEmpty("not even of its own beginning and end: LINE sends those by the same permission");
    }

    [Fact]
    public async Task Given_two_pushes_and_a_hand_over_at_the_same_moment_When_all_are_answered_Then_no_push_that_LINE_saw_was_refused_and_no_refused_one_was_seen()
    {
        var alice = await MeetAsync("alice");
        for (var i = 0; i < 20; i++)
        {
            var texts = Enumerable.Range(0, 8).Select(n => $"round {i} push {n}").ToList();
            var pushes = texts.Select((text, n) => n % 2 == 0 ? _first.PushAsync(alice[_first], text) : _second.PushAsync(alice[_second], text)).ToList();
            var handOver = i % 2 == 0 ? _second.AcquireAsync(alice[_second], new { expired = false }) : _second.ReleaseAsync(alice[_second]);
            await Task.WhenAll(pushes);
            (await handOver).Status.ShouldBe(HttpStatusCode.OK);
            for (var n = 0; n < texts.Count; n++)
                _gateway.Line.Calls.Any(call => call.Body.Contains($"\"{texts[n]}\"", StringComparison.Ordinal)).ShouldBe((await pushes[n]).Status == HttpStatusCode.OK);
        }
    }

    private static async Task<string> NextTypeAsync(LinkedDouble module) => (string)(await module.Module.NextAsync()).Events.ShouldHaveSingleItem()["type"]!;

    private static JsonObject InRoom(string type, string kind, string room, string? replyToken = null)
    {
        var one = new JsonObject { ["type"] = type, ["mode"] = "active", ["source"] = new JsonObject { ["type"] = kind, [kind + "Id"] = room } };
        if (replyToken is not null)
            one["replyToken"] = replyToken;
        return one;
    }

    private static TaskCompletionSource Source() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static long ExpireAt(JsonObject activated) => activated["chatControl"]!["expireAt"]!.GetValue<long>();

    private async Task<long> EpochAsync() => (await _gateway.ManageAsync($"/management/accounts/{_shop.Bot}"))["epoch"]!.GetValue<long>();

    /// <summary>A customer writes once; what each module calls them.</summary>
    private async Task<Dictionary<LinkedDouble, string>> MeetAsync(string customer)
    {
        await _shop.WriteAsync(customer, "hello");
        var seen = new Dictionary<LinkedDouble, string>();
        foreach (var module in new[] { _first, _second, _third })
            seen[module] = (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;
        return seen;
    }

    private Task WriteInGroupAsync(string group, string user, string text)
    {
        var message = _shop.Message(user, text, replyToken: Guid.NewGuid().ToString("N"));
        message["source"] = new JsonObject { ["type"] = "group", ["groupId"] = group, ["userId"] = _shop.User(user) };
        return _shop.PostAsync(message);
    }
}
