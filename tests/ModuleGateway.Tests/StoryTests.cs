using System.Net;

namespace ModuleGateway.Tests;

/// <summary>The gateway's part of the story: a customer writes, the first module answers, the second takes the chat over and gives it back.</summary>
public sealed class StoryTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_two_modules_When_the_second_acquires_and_releases_Then_exactly_one_may_speak_at_each_time()
    {
        var shop = await gateway.NewShopAsync();
        var first = await shop.LinkAsync(answersFirst: true);
        var second = await shop.LinkAsync();

        var lineToken = await shop.WriteAsync("alice", "hello");
        var toFirst = (await first.Module.NextAsync()).Events.ShouldHaveSingleItem();
        var toSecond = (await second.Module.NextAsync()).Events.ShouldHaveSingleItem();
        ((string?)toFirst["mode"]).ShouldBe("active");
        ((string?)toSecond["mode"]).ShouldBe("standby");
        toSecond.ContainsKey("replyToken").ShouldBeFalse();
        var aliceForFirst = (string)toFirst["source"]!["userId"]!;
        var aliceForSecond = (string)toSecond["source"]!["userId"]!;
        aliceForFirst.ShouldNotBe(aliceForSecond);

        (await first.ReplyAsync((string)toFirst["replyToken"]!, "hi")).Status.ShouldBe(HttpStatusCode.OK);
        gateway.Line.Calls.ShouldContain(call => call.Path == "/v2/bot/message/reply" && call.Bot == shop.Bot.ToString() && call.Body.Contains(lineToken));
        (await second.PushAsync(aliceForSecond, "me too")).Status.ShouldBe(HttpStatusCode.Forbidden);

        (await second.AcquireAsync(aliceForSecond)).Status.ShouldBe(HttpStatusCode.OK);
        (await second.Module.NextAsync("activated"))["source"]!["userId"]!.GetValue<string>().ShouldBe(aliceForSecond);
        (await first.Module.NextAsync("deactivated"))["source"]!["userId"]!.GetValue<string>().ShouldBe(aliceForFirst);
        (await second.PushAsync(aliceForSecond, "a person is here")).Status.ShouldBe(HttpStatusCode.OK);
        gateway.Line.Calls.ShouldContain(call => call.Path == "/v2/bot/message/push" && call.Body.Contains(shop.User("alice")));
        (await first.PushAsync(aliceForFirst, "and I")).Status.ShouldBe(HttpStatusCode.Forbidden);

        (await second.ReleaseAsync(aliceForSecond)).Status.ShouldBe(HttpStatusCode.OK);
        await first.Module.NextAsync("activated");
        await shop.WriteAsync("alice", "thanks");
        ((string?)(await first.Module.NextAsync("message"))["mode"]).ShouldBe("active");
        first.Module.All.ShouldAllBe(got => got.SignatureIsValid);
    }
}
