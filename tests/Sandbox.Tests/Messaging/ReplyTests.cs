using System.Net;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Messaging;

public sealed class ReplyTests
{
    [Fact]
    public async Task Given_an_active_event_When_the_module_replies_Then_the_person_sees_it_once()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host);
        await shop.WriteAsync("hello");
        var token = (await shop.Module.NextAsync("message")).ReplyToken!;

        var answer = await shop.ReplyAsync(token, "welcome");
        var again = await shop.ReplyAsync(token, "welcome again");

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        var sent = answer.Json.GetProperty("sentMessages")[0];
        sent.GetProperty("quoteToken").GetString().ShouldNotBeNullOrEmpty();
        Guid.TryParse(answer.RequestId, out _).ShouldBeTrue();
        again.ShouldBeRefused(HttpStatusCode.BadRequest, "Invalid reply token");
        var seen = await shop.MessagesAsync();
        seen.Count.ShouldBe(2);
        seen[1].GetProperty("from").GetString().ShouldBe("account");
        seen[1].GetProperty("senderChannel").GetString().ShouldBe("Module");
        seen[1].GetProperty("id").GetString().ShouldBe(sent.GetProperty("id").GetString());
        seen[1].GetProperty("message").GetProperty("text").GetString().ShouldBe("welcome");
    }

    [Theory]
    [InlineData(59, HttpStatusCode.OK)]
    [InlineData(61, HttpStatusCode.BadRequest)]
    public async Task Given_a_reply_token_When_a_minute_has_passed_Then_it_is_dead(int seconds, HttpStatusCode expected)
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host);
        await shop.WriteAsync("hello");
        var token = (await shop.Module.NextAsync("message")).ReplyToken!;

        await host.MoveClockAsync(TimeSpan.FromSeconds(seconds));

        (await shop.ReplyAsync(token, "late?")).Status.ShouldBe(expected);
    }

    [Fact]
    public async Task Given_a_redelivered_event_When_a_minute_has_passed_since_the_first_attempt_Then_its_token_lives_again_but_not_beyond_20_minutes()
    {
        await using var host = await SandboxHost.StartAsync(("Sandbox:Webhooks:RetryDelays:0", "00:15:00"), ("Sandbox:Webhooks:RetryDelays:1", "00:05:30"));
        await using var shop = await Shop.OpenAsync(host);
        using var timeline = await TimelineReader.OpenAsync(host, shop.BotId);
        shop.Module.Answers(500, 500, 500, 500);
        await shop.WriteAsync("first");
        await shop.WriteAsync("second");
        var dead = (await shop.Module.NextAsync("message")).ReplyToken!;
        await shop.Module.NextAsync("message");
        await FailedAsync(timeline, 2);

        await host.MoveClockAsync(TimeSpan.FromMinutes(15));
        var again = new[] { await shop.Module.NextAsync("message"), await shop.Module.NextAsync("message") };
        again.ShouldAllBe(got => got.IsRedelivery);
        var first = again.Single(got => got.ReplyToken == dead);
        var second = again.Single(got => got.ReplyToken != dead);
        (await shop.ReplyAsync(first.ReplyToken!, "within the minute after the redelivery")).Status.ShouldBe(HttpStatusCode.OK);
        await FailedAsync(timeline, 2);
        await host.MoveClockAsync(TimeSpan.FromMinutes(5.6));
        for (var i = 0; i < 2; i++)
            (await shop.Module.NextAsync("message")).IsRedelivery.ShouldBeTrue();

        (await shop.ReplyAsync(second.ReplyToken!, "20.6 minutes after the event")).ShouldBeRefused(HttpStatusCode.BadRequest, "Invalid reply token");
    }

    [Fact]
    public async Task Given_a_wrong_message_When_the_module_replies_Then_the_token_is_not_burnt()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host);
        await shop.WriteAsync("hello");
        var token = (await shop.Module.NextAsync("message")).ReplyToken!;

        var wrong = await shop.ReplyAsync(token, "");
        var right = await shop.ReplyAsync(token, "welcome");

        wrong.ShouldBeRefused(HttpStatusCode.BadRequest, "The request body has 1 error(s)");
        right.Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_token_of_another_account_When_the_module_replies_Then_it_is_invalid_there()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host);
        await using var other = await Shop.OpenAsync(host);
        await shop.WriteAsync("hello");
        var token = (await shop.Module.NextAsync("message")).ReplyToken!;

        (await other.ReplyAsync(token, "not mine")).ShouldBeRefused(HttpStatusCode.BadRequest, "Invalid reply token");
        (await shop.ReplyAsync(token, "mine")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task FailedAsync(TimelineReader timeline, int times)
    {
        for (var i = 0; i < times; i++)
            await timeline.NextAsync(entry => entry.Is("webhook", "message"));
    }
}
