using System.Net;
using System.Text.Json.Nodes;

namespace ModuleGateway.Tests.Facade;

public sealed class ReplyTokenTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_a_reply_token_When_it_is_used_twice_Then_the_second_use_is_refused()
    {
        var (_, module, token) = await GetTokenAsync();
        (await module.ReplyAsync(token, "one")).Status.ShouldBe(HttpStatusCode.OK);
        var (status, body) = await module.ReplyAsync(token, "two");
        status.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)body!["message"]).ShouldBe("Invalid reply token");
    }

    [Fact]
    public async Task Given_a_reply_that_mentions_a_user_When_it_goes_to_LINE_Then_the_id_is_LINEs()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        var got = await module.Module.NextAsync("message");
        var alice = (string)got["source"]!["userId"]!;
        var body = new
        {
            replyToken = (string)got["replyToken"]!,
            messages = new[] { new { type = "textV2", text = "{who}", substitution = new { who = new { type = "mention", mentionee = new { type = "user", userId = alice } } } } },
        };
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/message/reply", body)).Status.ShouldBe(HttpStatusCode.OK);
        var call = await gateway.Line.CalledAsync(one => one.Path == "/v2/bot/message/reply" && one.Bot == shop.Bot.ToString());
        call.Body.ShouldContain(shop.User("alice"));
        call.Body.ShouldNotContain(alice);
    }

    [Fact]
    public async Task Given_a_refusal_of_LINEs_When_the_token_is_used_again_Then_it_is_as_good_as_before()
    {
        var (_, module, token) = await GetTokenAsync();
        gateway.Line.Answer = call => call.Body.Contains("refuse me") ? (400, """{"message":"The request body has 1 error(s)"}""") : null;
        (await module.ReplyAsync(token, "refuse me")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await module.ReplyAsync(token, "take me")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_LINE_without_an_access_token_for_us_When_a_reply_is_called_Then_nothing_was_done_and_the_token_is_as_good_as_before()
    {
        var (_, module, token) = await GetTokenAsync();
        gateway.Line.RefuseTokens = true;
        (await module.ReplyAsync(token, "not now")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        gateway.Line.RefuseTokens = false;
        (await module.ReplyAsync(token, "now")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_an_outcome_that_nobody_knows_When_the_token_is_used_again_Then_it_is_spent()
    {
        var (_, module, token) = await GetTokenAsync();
        gateway.Line.Answer = call => call.Body.Contains("fall over") ? (500, """{"message":"Internal error"}""") : null;
        (await module.ReplyAsync(token, "fall over")).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await module.ReplyAsync(token, "again")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_LINE_that_does_not_answer_at_all_When_the_token_is_used_again_Then_it_is_spent()
    {
        var (_, module, token) = await GetTokenAsync();
        gateway.Line.HangUp = call => call.Body.Contains("hang up");
        (await module.ReplyAsync(token, "hang up")).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await module.ReplyAsync(token, "again")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_a_reply_token_When_more_than_60_s_have_passed_Then_it_is_dead()
    {
        var (_, module, token) = await GetTokenAsync();
        await gateway.AdvanceAsync(TimeSpan.FromSeconds(61));
        (await module.ReplyAsync(token, "late")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_LINEs_redelivery_When_it_arrives_Then_the_tokens_time_is_renewed_but_never_beyond_20_minutes()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var message = shop.Message("alice", "hello", replyToken: "line-token-1");
        await shop.PostAsync((JsonObject)message.DeepClone());
        var token = (string)(await module.Module.NextAsync("message"))["replyToken"]!;
        message["deliveryContext"]!["isRedelivery"] = true;

        await gateway.AdvanceAsync(TimeSpan.FromMinutes(5));
        await shop.PostAsync((JsonObject)message.DeepClone());
        gateway.Line.Answer = call => call.Body.Contains("refuse me") ? (400, "{}") : null;
        (await module.ReplyAsync(token, "refuse me")).Status.ShouldBe(HttpStatusCode.BadRequest);
        gateway.Line.Calls.ShouldContain(call => call.Body.Contains("line-token-1"));

        await gateway.AdvanceAsync(TimeSpan.FromMinutes(16));
        await shop.PostAsync((JsonObject)message.DeepClone());
        var (_, body) = await module.ReplyAsync(token, "too late");
        ((string?)body!["message"]).ShouldBe("Invalid reply token");
    }

    [Fact]
    public async Task Given_a_token_from_before_another_module_had_the_chat_When_it_is_used_afterwards_Then_it_is_dead()
    {
        var shop = await gateway.NewShopAsync();
        var (first, second) = (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
        await shop.WriteAsync("alice", "hello");
        var token = (string)(await first.Module.NextAsync("message"))["replyToken"]!;
        var alice = (string)(await second.Module.NextAsync("message"))["source"]!["userId"]!;
        (await second.AcquireAsync(alice)).Status.ShouldBe(HttpStatusCode.OK);
        (await first.ReplyAsync(token, "me")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await second.ReleaseAsync(alice)).Status.ShouldBe(HttpStatusCode.OK);
        (await first.ReplyAsync(token, "me again")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_another_modules_token_or_a_made_up_one_When_it_is_used_Then_it_is_refused()
    {
        var (shop, _, token) = await GetTokenAsync();
        var thief = await shop.LinkAsync();
        (await thief.ReplyAsync(token, "mine")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await thief.ReplyAsync("nHuyWiB7yP5Zw52FIkcQobQuGDXCTA", "mine")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await thief.ReplyAsync(token[..^2] + "AA", "mine")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<(Shop Shop, LinkedDouble Module, string Token)> GetTokenAsync()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        return (shop, module, (string)(await module.Module.NextAsync("message"))["replyToken"]!);
    }
}
