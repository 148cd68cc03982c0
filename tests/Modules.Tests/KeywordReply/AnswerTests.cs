using System.Net;
using KeywordReply;
using Modules.Tests.Platform;

namespace Modules.Tests.KeywordReply;

public sealed class AnswerTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _stopped = new();
    private readonly string _alice = Events.NewUser();
    private FakePlatform _platform = null!;
    private ModuleUnderTest _module = null!;

    public async Task InitializeAsync()
    {
        _platform = await FakePlatform.StartAsync();
        _platform.IsDefaultActive = true;
        _module = await new ModuleUnderTest(KeywordReplyApp.Build, _platform).StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _module.DisposeAsync();
        await _platform.DisposeAsync();
    }

    [Fact]
    public async Task Given_a_keyword_When_a_customer_writes_it_Then_the_answer_is_replied_for_that_account()
    {
        (await _module.SendAsync(Events.Text(_alice, "請問營業時間？", _platform.NewReplyToken()))).StatusCode.ShouldBe(HttpStatusCode.OK);

        var reply = (await _platform.Calls.WaitAsync(IsReply)).Single();
        reply.Text.ShouldContain("10:00");
        (reply.Bot, reply.Status).ShouldBe((FakePlatform.Bot.ToString(), 200));
    }

    [Fact]
    public async Task Given_a_wrong_or_missing_signature_When_a_webhook_arrives_Then_it_is_401_and_nothing_is_answered()
    {
        var body = ModuleUnderTest.Request(Events.Text(_alice, "地址", _platform.NewReplyToken()));
        (await _module.SendRawAsync(body, secret: "another")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await _module.SendRawAsync(body, secret: null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        await AnswerMarkerAsync();
        _platform.Calls.All.Count(IsReply).ShouldBe(1);
    }

    [Theory]
    [InlineData("hello", HttpStatusCode.BadRequest)]
    [InlineData("{\"events\":[]}", HttpStatusCode.BadRequest)]
    [InlineData("{\"destination\":\"Uab012345678901234567890123456789\",\"events\":[]}", HttpStatusCode.OK)]
    public async Task Given_a_signed_body_When_it_is_garbage_or_a_verification_Then_it_is_refused_in_words_or_taken(string body, HttpStatusCode status)
    {
        var response = await _module.SendRawAsync(body, "secret-1");
        response.StatusCode.ShouldBe(status);
        if (status == HttpStatusCode.BadRequest)
            (await response.Content.ReadAsStringAsync()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Given_more_than_a_megabyte_When_it_arrives_Then_it_is_413() =>
        (await _module.SendRawAsync(new string(' ', 1024 * 1024 + 1), "secret-1")).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);

    [Fact]
    public async Task Given_an_event_that_comes_three_times_When_it_is_a_keyword_Then_it_is_answered_once()
    {
        var webhook = Events.Text(_alice, "地址", _platform.NewReplyToken());
        (await _module.SendAsync(webhook)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _module.SendAsync(webhook.Replace("\"isRedelivery\":false", "\"isRedelivery\":true", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _module.SendAsync(webhook, webhook)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await AnswerMarkerAsync();
        _platform.Calls.All.Count(IsSend).ShouldBe(2); // The answer and the marker.
    }

    [Fact]
    public async Task Given_a_standby_event_When_it_bears_a_keyword_Then_the_module_is_silent()
    {
        await _module.SendAsync(Events.Text(_alice, "地址", mode: "standby"));
        await AnswerMarkerAsync();
        _platform.Calls.All.Count(IsSend).ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_dead_reply_token_When_a_keyword_is_answered_Then_it_is_pushed_with_a_retry_key()
    {
        await _module.SendAsync(Events.Text(_alice, "地址", "a-dead-token"));

        var push = (await _platform.Calls.WaitAsync(IsPush)).Single();
        push.Json.GetProperty("to").GetString().ShouldBe(_alice);
        push.RetryKey.ShouldNotBeNull();
    }

    [Fact]
    public async Task Given_a_platform_that_is_away_for_a_moment_When_a_keyword_arrives_Then_it_is_answered_once_afterwards()
    {
        var outages = 0;
        _platform.Before(path => Task.FromResult<int?>(path.EndsWith("/reply", StringComparison.Ordinal) && Interlocked.Increment(ref outages) == 1 ? 503 : null));

        await _module.SendAsync(Events.Text(_alice, "地址", _platform.NewReplyToken()));

        (await _platform.Calls.WaitAsync(IsReply, count: 2)).Select(call => call.Status).ShouldBe([503, 200]);
    }

    [Fact]
    public async Task Given_a_chat_whose_event_must_wait_When_more_events_come_Then_its_own_stay_in_order_and_others_do_not_wait()
    {
        var bob = Events.NewUser();
        var (asked, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        _platform.Before(async path =>
        {
            if (!path.EndsWith("/reply", StringComparison.Ordinal) || !asked.TrySetResult())
                return null;

            await released.Task;
            return 503;
        });
        await _module.SendAsync(Events.Text(_alice, "地址", _platform.NewReplyToken()));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await _module.SendAsync(Events.Text(_alice, "營業時間", _platform.NewReplyToken()), Events.Text(bob, "hours", _platform.NewReplyToken()));
        (await _platform.Calls.WaitAsync(call => IsReply(call) && call.Status == 200)).Single().Text.ShouldStartWith("We are open");

        released.SetResult();

        var answered = await _platform.Calls.WaitAsync(call => IsReply(call) && call.Status == 200, count: 3);
        answered.Skip(1).Select(call => call.Text[..4]).ShouldBe(["我們在市", "我們每天"]);
    }

    [Fact]
    public async Task Given_a_stop_between_record_and_answer_When_started_again_Then_it_answers()
    {
        var asked = new TaskCompletionSource();
        _platform.Before(async path =>
        {
            if (path != "/oauth2/v3/token")
                return null;

            asked.TrySetResult();
            await _stopped.Task;
            return 503;
        });
        (await _module.SendAsync(Events.Text(_alice, "地址", _platform.NewReplyToken()))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await _module.StopAsync();
        _stopped.SetResult();
        _platform.Before(static _ => Task.FromResult<int?>(null));

        await _module.StartAsync();

        (await _platform.Calls.WaitAsync(IsReply)).Single().Text.ShouldContain("捷運");
        await AnswerMarkerAsync();
        _platform.Calls.All.Count(call => IsSend(call) && call.Status == 200).ShouldBe(2);
    }

    [Fact]
    public async Task Given_a_stop_after_the_platform_took_the_reply_When_started_again_Then_it_is_not_answered_twice()
    {
        var taken = new TaskCompletionSource();
        _platform.After(async path =>
        {
            if (!path.EndsWith("/reply", StringComparison.Ordinal) || !taken.TrySetResult())
                return;

            await _stopped.Task;
        });
        await _module.SendAsync(Events.Text(_alice, "地址", _platform.NewReplyToken()));
        await taken.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await _module.StopAsync();
        _stopped.SetResult();

        await _module.StartAsync();
        await AnswerMarkerAsync();

        _platform.Calls.All.Where(IsSend).Select(call => call.Status).ShouldBe([200, 400, 200]); // The answer, its token refused, the marker.
    }

    [Fact]
    public async Task Given_a_new_friend_When_they_follow_Then_they_are_greeted_with_quick_replies()
    {
        await _module.SendAsync(Events.Follow(_alice, _platform.NewReplyToken()));
        var reply = (await _platform.Calls.WaitAsync(IsReply)).Single();
        reply.Json.GetProperty("messages")[0].GetProperty("quickReply").GetProperty("items").GetArrayLength().ShouldBeInRange(3, 13);
    }

    [Fact]
    public async Task Given_a_booking_word_When_its_button_is_pressed_Then_the_wish_is_confirmed()
    {
        await _module.SendAsync(Events.Text(_alice, "我想預約", _platform.NewReplyToken()));
        var template = (await _platform.Calls.WaitAsync(IsReply)).Single().Json.GetProperty("messages")[0].GetProperty("template");
        template.GetProperty("type").GetString().ShouldBe("buttons");
        var tomorrow = template.GetProperty("actions")[1];

        await _module.SendAsync(Events.Postback(_alice, tomorrow.GetProperty("data").GetString()!, _platform.NewReplyToken()));
        (await _platform.Calls.WaitAsync(IsReply, count: 2))[1].Text.ShouldContain("明天");
    }

    [Fact]
    public async Task Given_a_text_without_a_keyword_When_alone_or_in_a_group_Then_only_alone_it_is_answered()
    {
        await _module.SendAsync(Events.GroupText("C1", "今天天氣真好", _platform.NewReplyToken()));
        await _module.SendAsync(Events.Text(_alice, "今天天氣真好", _platform.NewReplyToken()));
        (await _platform.Calls.WaitAsync(IsReply)).Single().Text.ShouldContain("還沒學會");
        await AnswerMarkerAsync();
        _platform.Calls.All.Count(IsReply).ShouldBe(2);
    }

    [Fact]
    public async Task Given_a_customer_who_asks_for_a_person_When_they_write_it_Then_the_module_leaves_it_to_people()
    {
        await _module.SendAsync(Events.Text(_alice, "我要找真人", _platform.NewReplyToken()));
        await AnswerMarkerAsync();
        _platform.Calls.All.Count(IsSend).ShouldBe(1);
    }

    private static bool IsReply(PlatformCall call) => call.Path == "/v2/bot/message/reply";

    private static bool IsPush(PlatformCall call) => call.Path == "/v2/bot/message/push";

    private static bool IsSend(PlatformCall call) => IsReply(call) || IsPush(call);

    /// <summary>Another event of the same chat, answered: whatever came before it in this chat has been dealt with.</summary>
    private async Task AnswerMarkerAsync()
    {
        await _module.SendAsync(Events.Text(_alice, "hours", _platform.NewReplyToken()));
        await _platform.Calls.WaitAsync(call => IsReply(call) && call.Text.Contains("open daily", StringComparison.Ordinal));
    }
}
