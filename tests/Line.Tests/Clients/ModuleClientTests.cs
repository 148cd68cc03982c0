using Microsoft.AspNetCore.Http;
using System.Net;

namespace Line.Tests.Clients;

public sealed class ModuleClientTests : ClientTest
{
    private ModuleClient Client => new LineClient(Server.Http, new FixedTokenSource("token-1"), new() { Endpoints = Server.Endpoints, Retry = LineRetry.None }).Modules;

    [Fact]
    public async Task Given_a_chat_When_acquired_with_and_without_a_limit_Then_the_body_says_so()
    {
        (await Client.AcquireAsync(Bot, ChatId.Of(Alice), TimeSpan.FromHours(1))).ShouldBe(AcquireOutcome.Acquired);
        (await Client.AcquireAsync(Bot, ChatId.Of(Alice), ttl: null)).ShouldBe(AcquireOutcome.Acquired);

        Server.Seen.Select(seen => seen.Body).ShouldBe(["""{"expired":true,"ttl":3600}""", """{"expired":false}"""]);
        Server.Seen.ShouldAllBe(seen => seen.Path == $"/v2/bot/chat/{Alice}/control/acquire" && seen.Headers["X-Line-Bot-Id"] == Bot.ToString());
    }

    [Theory]
    [InlineData(404, AcquireOutcome.NotInChat)]
    [InlineData(423, AcquireOutcome.JustTaken)]
    public async Task Given_a_chat_that_cannot_be_taken_When_acquired_Then_the_outcome_says_why(int status, AcquireOutcome outcome)
    {
        Server.Answers(status, """{"message":"x"}""");
        (await Client.AcquireAsync(Bot, ChatId.Of(Alice), null)).ShouldBe(outcome);
    }

    [Fact]
    public async Task Given_an_outage_When_acquired_Then_it_is_an_exception_and_no_outcome()
    {
        Server.Answers(503, "");
        (await Should.ThrowAsync<LineApiException>(() => Client.AcquireAsync(Bot, ChatId.Of(Alice), null))).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31_536_001)]
    public async Task Given_a_hold_outside_LINEs_range_When_acquired_Then_LINE_is_not_asked(int seconds)
    {
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Client.AcquireAsync(Bot, ChatId.Of(Alice), TimeSpan.FromSeconds(seconds)));
        Server.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_held_chat_When_released_Then_the_call_has_no_body()
    {
        await Client.ReleaseAsync(Bot, ChatId.Of(GroupId.Parse("C1")));
        (Server.Seen.Single().Path, Server.Seen.Single().Body).ShouldBe(("/v2/bot/chat/C1/control/release", ""));
    }

    [Fact]
    public async Task Given_an_account_When_detached_Then_the_call_names_it_in_the_body_and_not_in_the_header()
    {
        await Client.DetachAsync(Bot);
        Server.Seen.Single().Body.ShouldBe($$"""{"botId":"{{Bot}}"}""");
        Server.Seen.Single().Headers.Keys.ShouldNotContain("X-Line-Bot-Id");
    }

    [Fact]
    public async Task Given_more_accounts_than_a_page_holds_When_listed_Then_every_page_is_read()
    {
        var other = BotId.Parse("Uab012345678901234567890123456780");
        Server.Answers((seen, response) => response.WriteAsync(seen.Query.Contains("start=", StringComparison.Ordinal)
            ? $$"""{"bots":[{"userId":"{{other}}","basicId":"@b","displayName":"B"}]}"""
            : $$"""{"bots":[{"userId":"{{Bot}}","basicId":"@a","displayName":"A","premiumId":"@p"}],"next":"n/1"}"""));

        var bots = new List<BotInfo>();
        await foreach (var bot in Client.GetAllBotsAsync())
            bots.Add(bot);

        bots.Select(bot => bot.Bot).ShouldBe([Bot, other]);
        Server.Seen.Select(seen => seen.Query).ShouldBe(["?limit=100", "?limit=100&start=n%2F1"]);
    }
}
