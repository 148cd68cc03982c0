using System.Net;
using Line.Audiences;
using Line.Tests.Published;

namespace Line.Tests.Clients;

public sealed class LineClientTests : IDisposable
{
    private static readonly BotId Bot = BotId.Parse("Uab012345678901234567890123456789");
    private readonly Recorder _line = new();

    private LineClient Client => new(new HttpClient(_line), new FixedTokenSource("t"));

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task Given_an_ordinary_channel_When_called_Then_no_header_names_an_account_and_a_module_channel_names_its_own_on_every_host()
    {
        await Client.Messages.BroadcastAsync([new TextMessage("x")]);
        await Client.For(Bot).Messages.BroadcastAsync([new TextMessage("x")]);
        await Client.For(Bot).Content.OpenAsync(MessageId.Parse("1"));
        _line.Answer = _ => Recorder.Json(HttpStatusCode.OK, """{"bots":[]}""");
        await Client.For(Bot).Modules.GetBotsAsync();

        _line.Seen.Select(seen => seen.Request.Headers.TryGetValues("X-Line-Bot-Id", out var bots) ? bots.Single() : null).ShouldBe([null, Bot.ToString(), Bot.ToString(), null]);
        _line.Seen[2].Address.Host.ShouldBe("api-data.line.me");
        Should.Throw<ArgumentException>(() => Client.For(default));
    }

    [Fact]
    public async Task Given_a_list_of_pages_When_walked_Then_each_is_asked_for_when_the_last_is_over()
    {
        _line.Answer = n => Recorder.Json(HttpStatusCode.OK, n == 1 ? """{"userIds":["U1","U2"],"next":"n 1"}""" : """{"userIds":["U3"]}""");
        var asked = new List<int>();
        await foreach (var _ in Client.Users.GetAllFollowersAsync())
            asked.Add(_line.Seen.Count);

        asked.ShouldBe([1, 1, 2]);
        _line.Seen.Select(seen => seen.Address.Query).ShouldBe(["?limit=1000", "?limit=1000&start=n%201"]);
    }

    [Fact]
    public async Task Given_numbered_pages_When_walked_Then_they_are_read_until_LINE_says_there_are_no_more()
    {
        _line.Answer = n => Recorder.Json(HttpStatusCode.OK, $$"""{"audienceGroups":[{"audienceGroupId":{{n}}}],"hasNextPage":{{(n < 3 ? "true" : "false")}}}""");
        var ids = new List<long>();
        await foreach (var audience in Client.Audiences.GetAllAsync(new AudienceQuery { Status = "READY" }))
            ids.Add(audience.AudienceGroupId);

        ids.ShouldBe([1, 2, 3]);
        _line.Seen[2].Address.Query.ShouldBe("?page=3&status=READY");
    }

    [Fact]
    public async Task Given_a_large_video_When_fetched_Then_it_streams_once_it_is_ready()
    {
        _line.Answer = n => n == 1 ? Recorder.Json(HttpStatusCode.Accepted, "") : new HttpResponseMessage { Content = new ByteArrayContent([1, 2, 3]) { Headers = { ContentType = new("video/mp4") } } };
        (await Client.Content.OpenAsync(MessageId.Parse("1"))).ShouldBeNull();

        await using var content = (await Client.Content.OpenAsync(MessageId.Parse("1")))!;
        using var copy = new MemoryStream();
        await content.Stream.CopyToAsync(copy);
        (content.ContentType, content.Length, copy.ToArray().Length).ShouldBe(("video/mp4", 3L, 3));

        _line.Answer = _ => Recorder.Json(HttpStatusCode.Gone, """{"message":"The content is gone"}""");
        (await Should.ThrowAsync<LineApiException>(() => Client.Content.OpenAsync(MessageId.Parse("1")))).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Given_messages_that_LINE_would_refuse_When_validated_Then_its_faults_are_the_answer_and_an_outage_is_not()
    {
        _line.Answer = _ => Recorder.Json(HttpStatusCode.BadRequest, """{"message":"The request body has 1 error(s)","details":[{"message":"May not be empty","property":"messages[0].text"}]}""");
        (await Client.Messages.ValidateAsync(MessageUse.Push, [new TextMessage("")])).ShouldBe([new LineErrorDetail("May not be empty", "messages[0].text")]);
        _line.Answer = _ => Recorder.Json(HttpStatusCode.OK, "{}");
        (await Client.Messages.ValidateAsync(MessageUse.Push, [new TextMessage("x")])).ShouldBeEmpty();
        _line.Answer = _ => Recorder.Json(HttpStatusCode.Forbidden, "{}");
        await Should.ThrowAsync<LineApiException>(() => Client.Messages.ValidateAsync(MessageUse.Push, [new TextMessage("x")]));
    }

    [Fact]
    public async Task Given_a_request_over_a_limit_When_made_Then_LINE_is_not_asked_unless_checks_are_switched_off()
    {
        await Should.ThrowAsync<LineValidationException>(() => Client.Messages.MulticastAsync([.. Enumerable.Repeat(UserId.Parse("U1"), 501)], [new TextMessage("x")]));
        await Should.ThrowAsync<LineValidationException>(() => Client.RichMenus.CreateAsync(new(new(800, 800), true, new string('x', 301), "", [])));
        await Should.ThrowAsync<LineValidationException>(() => Client.Notifications.PushAsync("+818000001234", [new TextMessage("x")]));
        await Should.ThrowAsync<LineValidationException>(() => Client.Messages.PushAsync(ChatId.Parse("U1"), [new TextMessage("x")], new() { AggregationUnit = "a-b" }));
        await Should.ThrowAsync<LineValidationException>(() => Client.Messages.NarrowcastAsync(new() { Limit = new() { ForbidPartialDelivery = true } }, [new TextMessage("x")]));
        _line.Seen.ShouldBeEmpty();

        await new LineClient(new HttpClient(_line), new FixedTokenSource("t"), new() { ChecksLimits = false }).Messages.BroadcastAsync([new TextMessage("")]);
        _line.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public void Given_LINEs_own_example_of_a_phone_number_When_hashed_Then_it_is_LINEs_hash()
    {
        NotificationClient.HashOf("+81 80-0000-1234").ShouldBe("d41e0ad70dddfeb68f149ad6fc61574b9c5780ab7bcb2fba5517771ffbb2409c");
        Should.Throw<ArgumentException>(() => NotificationClient.HashOf("080-0000-1234"));
    }

    [Fact]
    public async Task Given_a_template_notice_When_sent_Then_body_and_tag_follow_LINEs_reference()
    {
        _line.Answer = _ => Recorder.Json(HttpStatusCode.Accepted, "{}");
        var notice = new Notifications.TemplateNotice("reserve_ja", new()
        {
            EmphasizedItem = new("date_002_ja", "Sat 10 Aug"), Items = [new("number_001_ja", "A-17")], Buttons = [new("contact_ja", new Uri("https://example.com/c"))],
        });
        var hash = NotificationClient.HashOf("+818000001234");
        await Client.Notifications.PushTemplateAsync(hash, notice, "0123456789abcdef");

        var seen = _line.Seen.Single();
        seen.Address.AbsolutePath.ShouldBe("/v2/bot/message/pnp/templated/push");
        seen.Request.Headers.GetValues("X-Line-Delivery-Tag").Single().ShouldBe("0123456789abcdef");
        seen.Body.ShouldBe($$$"""{"to":"{{{hash}}}","templateKey":"reserve_ja","body":{"emphasizedItem":{"itemKey":"date_002_ja","content":"Sat 10 Aug"},"items":[{"itemKey":"number_001_ja","content":"A-17"}],"buttons":[{"buttonKey":"contact_ja","url":"https://example.com/c"}]}}""");
        await Should.ThrowAsync<LineValidationException>(() => Client.Notifications.PushTemplateAsync(hash, notice with { Body = new() { EmphasizedItem = new("k", new string('x', 16)) } }));
    }
}
