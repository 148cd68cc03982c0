using System.Net;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Webhooks;

public sealed class WebhookTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Fact]
    public async Task Given_an_attached_module_When_a_friend_writes_Then_it_gets_one_signed_active_event_of_LINEs_shape()
    {
        await using var shop = await Shop.OpenAsync(host);

        await shop.WriteAsync("你好");
        var got = await shop.Module.NextAsync("message");

        got.IsSigned.ShouldBeTrue();
        got.ContentType.ShouldBe("application/json; charset=utf-8");
        got.Destination.ShouldBe(shop.BotId);
        got.Mode.ShouldBe("active");
        got.ReplyToken.ShouldNotBeNullOrEmpty();
        got.IsRedelivery.ShouldBeFalse();
        got.EventId.ShouldMatch("^[0-9A-HJKMNP-TV-Z]{26}$");
        got.UserId.ShouldMatch($"^LU[0-9a-f]{{32}}-{shop.BotId}$");
        got.Event.GetProperty("source").GetProperty("type").GetString()!.ShouldBe("user");
        var message = got.Event.GetProperty("message");
        message.GetProperty("text").GetString().ShouldBe("你好");
        message.GetProperty("id").GetString()!.ShouldMatch("^[0-9]{18}$");
        message.GetProperty("quoteToken").GetString().ShouldNotBeNullOrEmpty();
        message.GetProperty("markAsReadToken").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Given_one_person_and_two_accounts_When_they_write_to_both_Then_the_module_sees_two_ids()
    {
        await using var first = await Shop.OpenAsync(host);
        await using var second = await Shop.OpenAsync(host);
        await host.PostAsync($"/phone/api/chats/{second.BotId}/{first.PersonId}/follow", new { });

        await first.WriteAsync("one");
        await host.PostAsync($"/phone/api/chats/{second.BotId}/{first.PersonId}/messages", new { type = "text", text = "two" });

        var one = (await first.Module.NextAsync("message")).UserId;
        await second.Module.NextAsync("follow");
        var two = (await second.Module.NextAsync("message")).UserId;
        one.ShouldNotBe(two);
        one[1..34].ShouldNotBe(two[1..34]);
    }

    [Fact]
    public async Task Given_a_primary_channel_When_a_friend_writes_Then_it_gets_a_copy_on_standby_without_a_reply_token_and_with_its_own_id()
    {
        await using var shop = await Shop.OpenAsync(host);
        await using var primary = await WebhookRecorder.StartAsync();
        var channel = await host.PostAsync($"/sandbox/api/accounts/{shop.BotId}/primary", new { webhookUrl = primary.Url });
        primary.Secret = channel.GetProperty("channelSecret").GetString()!;

        await shop.WriteAsync("hello");
        var active = await shop.Module.NextAsync("message");
        var standby = await primary.NextAsync("message");

        standby.IsSigned.ShouldBeTrue();
        standby.Mode.ShouldBe("standby");
        standby.Event.TryGetProperty("replyToken", out _).ShouldBeFalse();
        standby.UserId.ShouldMatch("^U[0-9a-f]{32}$");
        standby.EventId.ShouldNotBe(active.EventId);
        standby.Event.GetProperty("message").GetProperty("id").GetString().ShouldBe(active.Event.GetProperty("message").GetProperty("id").GetString());
        active.Mode.ShouldBe("active");
    }

    [Fact]
    public async Task Given_a_module_without_Default_Active_When_a_friend_writes_Then_the_primary_channel_is_active()
    {
        await using var shop = await Shop.OpenAsync(host, isDefaultActive: false);
        await using var primary = await WebhookRecorder.StartAsync();
        var channel = await host.PostAsync($"/sandbox/api/accounts/{shop.BotId}/primary", new { webhookUrl = primary.Url });
        primary.Secret = channel.GetProperty("channelSecret").GetString()!;

        await shop.WriteAsync("hello");

        (await shop.Module.NextAsync("message")).Mode.ShouldBe("standby");
        (await primary.NextAsync("message")).Mode.ShouldBe("active");
    }

    [Fact]
    public async Task Given_a_server_that_fails_When_redelivery_is_on_Then_the_same_event_comes_again_after_each_delay()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host);
        using var timeline = await TimelineReader.OpenAsync(host, shop.BotId);
        shop.Module.Answers(500, 503);

        await shop.WriteAsync("again, please");
        var first = await shop.Module.NextAsync("message");
        first.IsRedelivery.ShouldBeFalse();
        await timeline.NextAsync(entry => entry.Is("webhook", "message"));
        await host.MoveClockAsync(TimeSpan.FromSeconds(1));
        var second = await shop.Module.NextAsync("message");
        await timeline.NextAsync(entry => entry.Is("webhook", "message"));
        await host.MoveClockAsync(TimeSpan.FromSeconds(5));
        var third = await shop.Module.NextAsync("message");

        second.IsRedelivery.ShouldBeTrue();
        third.IsRedelivery.ShouldBeTrue();
        foreach (var again in new[] { second, third })
        {
            again.EventId.ShouldBe(first.EventId);
            again.ReplyToken.ShouldBe(first.ReplyToken);
            again.Event.GetProperty("timestamp").GetInt64().ShouldBe(first.Event.GetProperty("timestamp").GetInt64());
            again.IsSigned.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Given_redelivery_is_off_When_the_server_fails_Then_the_log_says_why_and_the_next_event_comes_first()
    {
        await using var shop = await Shop.OpenAsync(host, redelivers: false);
        shop.Module.Answers(500);

        await shop.WriteAsync("lost");
        await shop.Module.NextAsync("message");
        await shop.WriteAsync("next");

        (await shop.Module.NextAsync("message")).Event.GetProperty("message").GetProperty("text").GetString().ShouldBe("next");
        var log = await host.GetAsync($"/sandbox/api/log/webhooks?channelId={shop.ChannelId}");
        var failed = log.EnumerateArray().First(attempt => attempt.GetProperty("status").GetInt32() == 500);
        failed.GetProperty("reason").GetString().ShouldBe("error_status_code");
    }

    [Fact]
    public async Task Given_a_server_that_never_answers_When_an_event_is_sent_Then_it_is_given_up_as_a_timeout()
    {
        await using var host = await SandboxHost.StartAsync(("Sandbox:Webhooks:Timeout", "00:00:00.2"));
        await using var shop = await Shop.OpenAsync(host, redelivers: false);
        using var timeline = await TimelineReader.OpenAsync(host, shop.BotId);
        shop.Module.Hangs();

        await shop.WriteAsync("anybody there?");
        await shop.Module.NextAsync("message");

        var attempt = await timeline.NextAsync(entry => entry.Is("webhook", "message"));
        attempt.Json.GetProperty("outcome").GetString().ShouldBe("request_timeout");
        attempt.Json.TryGetProperty("status", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Given_many_messages_of_one_chat_When_they_are_sent_Then_they_arrive_in_order()
    {
        await using var shop = await Shop.OpenAsync(host);

        for (var i = 0; i < 30; i++)
            await shop.WriteAsync($"{i}");

        for (var i = 0; i < 30; i++)
            (await shop.Module.NextAsync("message")).Event.GetProperty("message").GetProperty("text").GetString().ShouldBe($"{i}");
    }

    [Fact]
    public async Task Given_ordered_faults_When_messages_are_sent_Then_they_are_dropped_doubled_and_wrongly_signed_as_ordered()
    {
        await using var shop = await Shop.OpenAsync(host, redelivers: false);

        using var timeline = await TimelineReader.OpenAsync(host, shop.BotId);
        await host.OrderFaultAsync("webhookDrop", shop.BotId);
        await shop.WriteAsync("dropped");
        (await timeline.NextAsync(entry => entry.Is("webhook", "message"))).Json.GetProperty("outcome").GetString().ShouldBe("dropped");
        await host.OrderFaultAsync("webhookDuplicate", shop.BotId);
        await shop.WriteAsync("doubled");
        var first = await shop.Module.NextAsync("message");
        var second = await shop.Module.NextAsync("message");
        await host.OrderFaultAsync("webhookWrongSignature", shop.BotId);
        await shop.WriteAsync("forged");
        var forged = await shop.Module.NextAsync("message");
        await host.OrderFaultAsync("webhookUnknownProperty", shop.BotId);
        await shop.WriteAsync("strange");
        var strange = await shop.Module.NextAsync("message");

        first.Event.GetProperty("message").GetProperty("text").GetString().ShouldBe("doubled");
        second.EventId.ShouldBe(first.EventId);
        forged.IsSigned.ShouldBeFalse();
        strange.Event.TryGetProperty("unknownProperty", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_module_without_message_receive_When_a_friend_writes_Then_it_hears_nothing()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: ["message:send"]);
        await shop.WriteAsync("unheard");

        await shop.AttachAsync(Shop.AllScopes);

        (await shop.Module.NextAsync()).Type.ShouldBe("module"); // The first it ever hears.
    }

    [Fact]
    public async Task Given_the_module_is_detached_by_the_account_When_a_friend_writes_Then_detached_was_the_last_it_heard()
    {
        await using var shop = await Shop.OpenAsync(host);

        using var timeline = await TimelineReader.OpenAsync(host, shop.BotId);
        using var answer = await host.Http.DeleteAsync($"/sandbox/api/accounts/{shop.BotId}/linkages/{shop.ChannelId}");
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await shop.WriteAsync("unheard");

        var detached = await shop.Module.NextAsync("module");
        detached.Event.GetProperty("module").GetProperty("type").GetString().ShouldBe("detached");
        await timeline.NextAsync(entry => entry.Is("webhook", "module") && entry.Json.GetRawText().Contains("detached", StringComparison.Ordinal));
        (await host.GetAsync($"/sandbox/api/log/webhooks?botId={shop.BotId}&limit=1"))[0].GetProperty("eventType").GetString().ShouldBe("module");
    }

    [Fact]
    public async Task Given_an_account_is_suspended_and_resumed_When_the_module_calls_Then_it_is_refused_meanwhile_and_told_of_both()
    {
        await using var shop = await Shop.OpenAsync(host);

        await host.PostAsync($"/sandbox/api/accounts/{shop.BotId}/suspend", new { });
        (await shop.Module.NextAsync("botSuspended")).Event.TryGetProperty("source", out _).ShouldBeFalse();
        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/info")).ShouldBeRefused(HttpStatusCode.Forbidden, "Access to this API is not available for your account");
        await host.PostAsync($"/sandbox/api/accounts/{shop.BotId}/resume", new { });
        await shop.Module.NextAsync("botResumed");

        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.OK);
    }
}
