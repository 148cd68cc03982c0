using System.Net;
using System.Text.Json;

namespace Line.Tests.Clients;

public sealed class MessagingClientTests : ClientTest
{
    private LineClient Line => new LineClient(Server.Http, new FixedTokenSource("token-1"), new() { Endpoints = Server.Endpoints, Retry = LineRetry.None }).For(Bot);

    private MessagingClient Client => Line.Messages;

    [Fact]
    public async Task Given_an_event_to_answer_When_replied_Then_LINE_gets_token_account_and_messages_and_its_ids_come_back()
    {
        Server.Answers(200, """{"sentMessages":[{"id":"461","quoteToken":"q1"},{"id":"462"}]}""", ("x-line-request-id", "r-1"));

        var receipt = await Client.ReplyAsync(ReplyToken.Parse("rt"), [new TextMessage("您好"), new StickerMessage("446", "1988")]);

        receipt.Messages.ShouldBe([new SentMessage("461", "q1"), new SentMessage("462", null)]);
        (receipt.RequestId, receipt.WasAcceptedBefore).ShouldBe(("r-1", false));
        var seen = Server.Seen.Single();
        (seen.Method, seen.Path).ShouldBe(("POST", "/v2/bot/message/reply"));
        seen.Headers["Authorization"].ShouldBe("Bearer token-1");
        seen.Headers["X-Line-Bot-Id"].ShouldBe(Bot.ToString());
        seen.Headers["Content-Type"].ShouldBe("application/json");
        seen.Body.ShouldBe("""{"replyToken":"rt","messages":[{"type":"text","text":"您好"},{"type":"sticker","packageId":"446","stickerId":"1988"}]}""");
    }

    [Fact]
    public async Task Given_a_push_with_a_retry_key_When_LINE_has_taken_it_before_Then_that_is_success_and_said()
    {
        var key = Guid.Parse("123e4567-e89b-12d3-a456-426614174000");
        Server.Answers(409, """{"message":"The retry key is already accepted","sentMessages":[{"id":"461"}]}""", ("x-line-request-id", "r-2"), ("x-line-accepted-request-id", "r-1"));

        var receipt = await Client.PushAsync(ChatId.Of(Alice), [new TextMessage("hi")], new() { RetryKey = key });

        receipt.ShouldSatisfyAllConditions(
            r => r.WasAcceptedBefore.ShouldBeTrue(),
            r => r.RequestId.ShouldBe("r-1"),
            r => r.Messages.Single().Id.ShouldBe("461"));
        Server.Seen.Single().Headers["X-Line-Retry-Key"].ShouldBe("123e4567-e89b-12d3-a456-426614174000");
        Server.Seen.Single().Json.GetProperty("to").GetString().ShouldBe(Alice.ToString());
    }

    [Fact]
    public async Task Given_LINE_refuses_When_sent_Then_the_exception_carries_all_that_LINE_said()
    {
        Server.Answers(400, """{"message":"The request body has 1 error(s)","details":[{"message":"Length must be between 0 and 5000","property":"messages[0].text"}]}""", ("x-line-request-id", "r-9"));

        var refusal = await Should.ThrowAsync<LineApiException>(() => Client.PushAsync(ChatId.Of(Alice), [new TextMessage("hi")]));

        refusal.Status.ShouldBe(HttpStatusCode.BadRequest);
        refusal.Message.ShouldBe("The request body has 1 error(s)");
        refusal.Details.ShouldBe([new LineErrorDetail("Length must be between 0 and 5000", "messages[0].text")]);
        refusal.RequestId.ShouldBe("r-9");
        refusal.IsTransient.ShouldBeFalse();
    }

    [Theory]
    [InlineData(429, "The API rate limit has been exceeded. Try again later.", true, false)]
    [InlineData(429, "You have reached your monthly limit.", false, true)]
    [InlineData(500, "Internal error", true, false)]
    [InlineData(403, "Access to this API is not available for your account", false, false)]
    public async Task Given_a_refusal_When_asked_whether_to_try_again_Then_pace_and_outage_say_yes_and_quota_and_rights_say_no(
        int status, string message, bool isTransient, bool isMonthlyLimit)
    {
        Server.Answers(status, JsonSerializer.Serialize(new { message }));
        var refusal = await Should.ThrowAsync<LineApiException>(() => Client.PushAsync(ChatId.Of(Alice), [new TextMessage("hi")]));
        (refusal.IsTransient, refusal.IsMonthlyLimit).ShouldBe((isTransient, isMonthlyLimit));
    }

    [Fact]
    public async Task Given_a_proxys_page_instead_of_JSON_When_called_Then_the_status_tells_and_nothing_else_breaks()
    {
        Server.Answers(502, "<html>Bad gateway</html>");
        (await Should.ThrowAsync<LineApiException>(() => Line.Channel.GetBotInfoAsync())).Status.ShouldBe(HttpStatusCode.BadGateway);

        Server.Answers(200, "<html>Sign in to the wireless network</html>");
        (await Should.ThrowAsync<LineApiException>(() => Line.Channel.GetBotInfoAsync())).Message.ShouldContain("userId");
    }

    [Fact]
    public async Task Given_messages_of_every_kind_When_sent_Then_they_read_as_LINE_describes_them()
    {
        await Client.PushAsync(ChatId.Of(GroupId.Parse("C1")),
        [
            new TextMessage("a") { QuickReply = new([new(new MessageAction("L", "T"))]), Sender = new("May") },
            new ImageMessage(new("https://a.example/1.png"), new("https://a.example/2.png")),
            new LocationMessage("t", "台北市", 25.03, 121.56),
            new TemplateMessage("alt", new ButtonsTemplate("txt", [new PostbackAction("P", "a=1", "shown"), new UriAction("U", new("https://a.example/預約"))]) { Title = "ttl" }),
            new TemplateMessage("alt", new ConfirmTemplate("?", new MessageAction("Y", "yes"), new MessageAction("N", "no"))),
        ]);
        await Client.PushAsync(ChatId.Of(Alice), [new RawMessage(JsonDocument.Parse("""{"type":"flex","altText":"x","contents":{}}""").RootElement)]);

        var messages = Server.Seen[0].Json.GetProperty("messages");
        string[] expected =
        [
            """{"type":"text","text":"a","quickReply":{"items":[{"type":"action","action":{"type":"message","text":"T","label":"L"}}]},"sender":{"name":"May"}}""",
            """{"type":"image","originalContentUrl":"https://a.example/1.png","previewImageUrl":"https://a.example/2.png"}""",
            """{"type":"location","title":"t","address":"台北市","latitude":25.03,"longitude":121.56}""",
            """{"type":"template","altText":"alt","template":{"type":"buttons","text":"txt","actions":[{"type":"postback","data":"a=1","displayText":"shown","label":"P"},{"type":"uri","uri":"https://a.example/%E9%A0%90%E7%B4%84","label":"U"}],"title":"ttl"}}""",
            """{"type":"template","altText":"alt","template":{"type":"confirm","text":"?","actions":[{"type":"message","text":"yes","label":"Y"},{"type":"message","text":"no","label":"N"}]}}""",
        ];
        messages.EnumerateArray().Select(message => message.GetRawText()).ShouldBe(expected);
        Server.Seen[1].Json.GetProperty("messages")[0].GetRawText().ShouldBe("""{"type":"flex","altText":"x","contents":{}}""");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task Given_no_messages_or_six_When_sent_Then_the_caller_is_told_before_LINE_is_asked(int count)
    {
        LineMessage[] messages = [.. Enumerable.Repeat(new TextMessage("x"), count)];
        (await Should.ThrowAsync<LineValidationException>(() => Client.PushAsync(ChatId.Of(Alice), messages))).Faults.ShouldBe([new LineErrorDetail("Size must be between 1 and 5", "messages")]);
        Server.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_people_and_accounts_When_asked_for_Then_profile_info_loading_and_multicast_follow_LINEs_description()
    {
        Server.Answers(200, """{"userId":"x","displayName":"小美","language":"zh-TW"}""");
        (await Line.Users.GetProfileAsync(Alice)).ShouldBe(new UserProfile(Alice, "小美", null, "zh-TW", null));

        Server.Answers(404, """{"message":"Not found"}""");
        (await Line.Users.GetProfileAsync(Alice)).ShouldBeNull();

        Server.Answers(200, $$"""{"userId":"{{Bot}}","basicId":"@216ru","displayName":"Shop","chatMode":"bot","markAsReadMode":"auto"}""");
        (await Line.Channel.GetBotInfoAsync()).ShouldBe(new BotInfo(Bot, "@216ru", null, "Shop", null, "bot", "auto"));

        Server.Answers(202, "{}");
        await Client.ShowLoadingAsync(Alice, TimeSpan.FromSeconds(20));
        await Client.MulticastAsync([Alice], [new TextMessage("x")]);
        Server.Seen.Select(seen => seen.Path).ShouldBe([$"/v2/bot/profile/{Alice}", $"/v2/bot/profile/{Alice}", "/v2/bot/info", "/v2/bot/chat/loading/start", "/v2/bot/message/multicast"]);
        Server.Seen[3].Body.ShouldBe($$"""{"chatId":"{{Alice}}","loadingSeconds":20}""");
        Server.Seen[4].Body.ShouldBe($$"""{"to":["{{Alice}}"],"messages":[{"type":"text","text":"x"}]}""");
    }

    [Fact]
    public async Task Given_another_name_for_the_bot_header_When_called_Then_that_name_is_used()
    {
        Server.Answers(202, "{}");
        var client = new LineClient(Server.Http, new FixedTokenSource("t"), new() { Endpoints = Server.Endpoints with { BotHeaderName = "X-Bot" } });
        await client.For(Bot).Messages.ShowLoadingAsync(Alice, TimeSpan.FromSeconds(5));
        Server.Seen.Single().Headers["X-Bot"].ShouldBe(Bot.ToString());
        Server.Seen.Single().Headers.Keys.ShouldNotContain("X-Line-Bot-Id");
    }

    [Theory]
    [InlineData("https://api.line.me/v2")]
    [InlineData("ftp://api.line.me")]
    [InlineData("https://api.line.me/?a=b")]
    public void Given_an_address_that_is_no_origin_When_configured_Then_it_is_refused(string address) =>
        Should.Throw<ArgumentException>(() => LineEndpoints.At(new Uri(address)));
}
