using System.Net;
using System.Net.Http.Json;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Messaging;

public sealed class SendTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Fact]
    public async Task Given_a_friend_When_the_module_pushes_Then_they_see_every_message_of_the_request_in_order()
    {
        await using var shop = await Shop.OpenAsync(host);

        var answer = await shop.PostAsync("/v2/bot/message/push", new
        {
            to = await shop.UserIdAsync(),
            messages = new object[]
            {
                new { type = "text", text = "choose", quickReply = new { items = new[] { new { type = "action", action = new { type = "message", label = "Yes", text = "yes" } } } } },
                new { type = "location", title = "Shop", address = "Taipei", latitude = 25.03, longitude = 121.56 },
            },
        });

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Json.GetProperty("sentMessages").GetArrayLength().ShouldBe(2);
        answer.Json.GetProperty("sentMessages")[1].TryGetProperty("quoteToken", out _).ShouldBeFalse();
        (await shop.MessagesAsync()).Select(message => message.GetProperty("message").GetProperty("type").GetString()).ShouldBe(["text", "location"]);
    }

    [Fact]
    public async Task Given_a_person_who_blocks_When_the_module_pushes_Then_200_and_nothing_is_seen_or_counted()
    {
        await using var shop = await Shop.OpenAsync(host);
        await shop.BlockAsync();

        var answer = await shop.PushAsync(await shop.UserIdAsync(), "unseen");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        (await shop.MessagesAsync()).ShouldBeEmpty();
        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/message/quota/consumption")).Json.GetProperty("totalUsage").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Given_an_id_that_is_nobodys_here_When_the_module_pushes_Then_400()
    {
        await using var shop = await Shop.OpenAsync(host);
        await using var other = await Shop.OpenAsync(host);

        foreach (var to in new[] { $"LU{new string('0', 32)}-{shop.BotId}", await other.UserIdAsync(), $"C{new string('a', 32)}" })
            (await shop.PushAsync(to, "lost")).ShouldBeRefused(HttpStatusCode.BadRequest, "Failed to send messages");
    }

    [Fact]
    public async Task Given_a_monthly_limit_When_it_is_reached_Then_push_is_refused_and_reply_is_not()
    {
        await using var shop = await Shop.OpenAsync(host);
        using var limited = await host.Http.PutAsJsonAsync($"/sandbox/api/accounts/{shop.BotId}/quota", new { monthly = 1 });
        limited.EnsureSuccessStatusCode();
        var to = await shop.UserIdAsync();

        (await shop.PushAsync(to, "the first")).Status.ShouldBe(HttpStatusCode.OK);
        (await shop.PushAsync(to, "the second")).ShouldBeRefused(HttpStatusCode.TooManyRequests, "You have reached your monthly limit.");
        await shop.WriteAsync("hello");
        (await shop.ReplyAsync((await shop.Module.NextAsync("message")).ReplyToken!, "free")).Status.ShouldBe(HttpStatusCode.OK);

        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/message/quota")).Text.ShouldBe("""{"type":"limited","value":1}""");
    }

    [Fact]
    public async Task Given_a_retry_key_When_the_same_push_comes_again_Then_409_with_the_first_request_id_and_it_is_sent_once()
    {
        await using var shop = await Shop.OpenAsync(host);
        var body = new { to = await shop.UserIdAsync(), messages = new[] { new { type = "text", text = "once" } } };
        var key = Guid.NewGuid().ToString("D");

        var first = await shop.CallAsync(HttpMethod.Post, "/v2/bot/message/push", body, retryKey: key);
        var second = await shop.CallAsync(HttpMethod.Post, "/v2/bot/message/push", body, retryKey: key);

        first.Status.ShouldBe(HttpStatusCode.OK);
        second.ShouldBeRefused(HttpStatusCode.Conflict, "The retry key is already accepted");
        second.AcceptedRequestId.ShouldBe(first.RequestId);
        second.Json.GetProperty("sentMessages").GetRawText().ShouldBe(first.Json.GetProperty("sentMessages").GetRawText());
        (await shop.MessagesAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Given_an_answer_that_gets_lost_When_the_push_is_tried_again_under_its_key_Then_409_and_it_was_sent_once()
    {
        await using var shop = await Shop.OpenAsync(host);
        var body = new { to = await shop.UserIdAsync(), messages = new[] { new { type = "text", text = "once" } } };
        var key = Guid.NewGuid().ToString("D");
        using var timeline = await TimelineReader.OpenAsync(host, shop.BotId);
        await host.OrderFaultAsync("apiLostAnswer", shop.BotId, path: "/v2/bot/message/push");

        using var impatient = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/bot/message/push") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", await shop.TokenAsync());
        request.Headers.Add("X-Line-Bot-Id", shop.BotId);
        request.Headers.Add("X-Line-Retry-Key", key);
        using var giveUp = new CancellationTokenSource();
        var lost = impatient.SendAsync(request, giveUp.Token);
        await timeline.NextAsync(entry => entry.Kind == "call");
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => lost);

        (await shop.CallAsync(HttpMethod.Post, "/v2/bot/message/push", body, retryKey: key)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await shop.MessagesAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_retry_key_When_it_is_sent_with_a_reply_Then_it_is_refused()
    {
        await using var shop = await Shop.OpenAsync(host);

        var answer = await shop.CallAsync(HttpMethod.Post, "/v2/bot/message/reply", new { replyToken = "x", messages = new[] { new { type = "text", text = "x" } } }, retryKey: Guid.NewGuid().ToString("D"));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Message.ShouldBe("The retry key is not supported for this API");
    }

    [Fact]
    public async Task Given_friends_and_others_When_the_module_multicasts_Then_friends_see_it_and_a_malformed_id_refuses_the_call()
    {
        await using var shop = await Shop.OpenAsync(host);
        var friend = await shop.UserIdAsync();
        var stranger = $"LU{new string('0', 32)}-{shop.BotId}";
        var messages = new[] { new { type = "text", text = "to all" } };

        (await shop.PostAsync("/v2/bot/message/multicast", new { to = new[] { friend, "Uwrong" }, messages }))
            .ShouldBeRefused(HttpStatusCode.BadRequest, "The property, to[1], in the request body is invalid (line: -, column: -)");
        (await shop.MessagesAsync()).ShouldBeEmpty();
        (await shop.PostAsync("/v2/bot/message/multicast", new { to = new[] { friend, stranger }, messages })).Text.ShouldBe("{}");

        (await shop.MessagesAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Given_ordered_faults_When_the_module_calls_Then_429_and_500_come_once_and_nothing_is_done()
    {
        await using var shop = await Shop.OpenAsync(host);
        await host.OrderFaultAsync("api429", shop.BotId);
        await host.OrderFaultAsync("api500", shop.BotId);
        var to = await shop.UserIdAsync();

        (await shop.PushAsync(to, "a")).ShouldBeRefused(HttpStatusCode.TooManyRequests, "The API rate limit has been exceeded. Try again later.");
        (await shop.PushAsync(to, "b")).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await shop.PushAsync(to, "c")).Status.ShouldBe(HttpStatusCode.OK);

        (await shop.MessagesAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Given_the_strict_reading_of_standby_When_a_module_on_standby_pushes_Then_403()
    {
        await using var strict = await SandboxHost.StartAsync(("Sandbox:Control:StandbyPush", "Reject403"));
        await using var shop = await Shop.OpenAsync(strict, isDefaultActive: false);

        (await shop.PushAsync(await shop.UserIdAsync(), "early")).ShouldBeRefused(HttpStatusCode.Forbidden, "Access to this API is not available for your account");
        (await shop.PostAsync($"/v2/bot/chat/{await shop.UserIdAsync()}/control/acquire")).Status.ShouldBe(HttpStatusCode.OK);
        (await shop.PushAsync(await shop.UserIdAsync(), "now")).Status.ShouldBe(HttpStatusCode.OK);
    }
}
