using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Phone;

public sealed class SignalTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Fact]
    public async Task Given_a_message_with_a_picture_When_the_person_takes_it_back_Then_unsend_names_it_and_its_content_is_gone()
    {
        await using var shop = await Shop.OpenAsync(host);
        var sent = await host.PostAsync($"{shop.Chat}/messages", new { type = "image", dataUrl = "data:image/gif;base64,R0lGODlhAQABAAAAACw=" });
        var id = sent.GetProperty("messageId").GetString();
        await shop.Module.NextAsync("message");

        await host.PostAsync($"{shop.Chat}/messages/{id}/unsend", new { });

        var unsend = await shop.Module.NextAsync("unsend");
        unsend.Event.GetProperty("unsend").GetProperty("messageId").GetString().ShouldBe(id);
        unsend.ReplyToken.ShouldBeNull();
        (await shop.CallAsync(HttpMethod.Get, $"/v2/bot/message/{id}/content")).ShouldBeRefused(HttpStatusCode.Gone, "The content is gone");
        (await shop.MessagesAsync()).Single().GetProperty("message").GetRawText().ShouldBe("""{"type":"unsent"}""");
        using var again = await host.Http.PostAsJsonAsync($"{shop.Chat}/messages/{id}/unsend", new { });
        again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_a_group_When_a_member_edits_a_text_Then_the_event_has_its_id_and_a_new_quote_token_and_in_a_chat_of_two_nothing_can_be_edited()
    {
        await using var shop = await Shop.OpenAsync(host);
        var group = (await host.PostAsync("/phone/api/groups", new { name = "g", members = new[] { shop.PersonId }, botId = shop.BotId })).GetProperty("id").GetString();
        var chat = $"/phone/api/chats/{shop.BotId}/{group}";
        var id = (await host.PostAsync($"{chat}/messages?as={shop.PersonId}", new { type = "text", text = "on Monday" })).GetProperty("messageId").GetString();
        await shop.Module.NextAsync("join");
        var first = await shop.Module.NextAsync("message");
        await shop.WriteAsync("mine alone");
        var alone = (await shop.Module.NextAsync("message")).Event.GetProperty("message").GetProperty("id").GetString();

        await host.PostAsync($"{chat}/messages/{id}/edit?as={shop.PersonId}", new { text = "on Tuesday" });
        using var refused = await host.Http.PostAsJsonAsync($"{shop.Chat}/messages/{alone}/edit", new { text = "changed" });

        var edited = await shop.Module.NextAsync("messageEdited");
        var message = edited.Event.GetProperty("message");
        message.GetProperty("id").GetString().ShouldBe(id);
        message.GetProperty("text").GetString().ShouldBe("on Tuesday");
        message.GetProperty("quoteToken").GetString().ShouldNotBe(first.Event.GetProperty("message").GetProperty("quoteToken").GetString());
        message.TryGetProperty("markAsReadToken", out _).ShouldBeFalse();
        edited.ReplyToken.ShouldNotBeNull();
        edited.UserId.ShouldBe(await shop.UserIdAsync());
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Given_a_beacon_When_the_person_passes_it_Then_enter_banner_and_stay_come_and_stay_not_more_than_every_ten_seconds()
    {
        await using var own = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(own);

        (await BeaconAsync(shop, "stay")).ShouldBe(HttpStatusCode.Conflict);
        (await BeaconAsync(shop, "enter")).ShouldBe(HttpStatusCode.Accepted);
        (await BeaconAsync(shop, "stay")).ShouldBe(HttpStatusCode.Conflict);
        (await BeaconAsync(shop, "banner")).ShouldBe(HttpStatusCode.Accepted);
        await own.MoveClockAsync(TimeSpan.FromSeconds(10));
        (await BeaconAsync(shop, "stay")).ShouldBe(HttpStatusCode.Accepted);
        (await BeaconAsync(shop, "leave")).ShouldBe(HttpStatusCode.BadRequest);

        var hwids = new HashSet<string?>();
        foreach (var type in new[] { "enter", "banner", "stay" })
        {
            var beacon = await shop.Module.NextAsync("beacon");
            beacon.Event.GetProperty("beacon").GetProperty("type").GetString().ShouldBe(type);
            beacon.ReplyToken.ShouldNotBeNull();
            hwids.Add(beacon.Event.GetProperty("beacon").GetProperty("hwid").GetString());
        }

        hwids.Single()!.ShouldMatch("^[0-9a-f]{10}$");
    }

    [Fact]
    public async Task Given_a_video_with_a_tracking_id_When_the_person_sees_it_to_its_end_Then_the_module_hears_so_and_of_no_other()
    {
        await using var shop = await Shop.OpenAsync(host);
        var video = new { type = "video", originalContentUrl = "https://videos.example/a.mp4", previewImageUrl = "https://videos.example/a.png", trackingId = "spring-1" };
        await shop.PostAsync("/v2/bot/message/push", new { to = await shop.UserIdAsync(), messages = new[] { video } });

        using var other = await host.Http.PostAsJsonAsync($"{shop.Chat}/video-complete", new { trackingId = "spring-2" });
        await host.PostAsync($"{shop.Chat}/video-complete", new { trackingId = "spring-1" });

        other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await shop.Module.NextAsync("videoPlayComplete")).Event.GetProperty("videoPlayComplete").GetRawText().ShouldBe("""{"trackingId":"spring-1"}""");
    }

    [Fact]
    public async Task Given_messages_of_a_person_When_the_module_marks_by_token_Then_the_phone_shows_them_as_read_up_to_that_one()
    {
        await using var shop = await Shop.OpenAsync(host);
        await using var other = await Shop.OpenAsync(host);
        await shop.WriteAsync("one");
        var token = (await shop.Module.NextAsync("message")).Event.GetProperty("message").GetProperty("markAsReadToken").GetString();
        await shop.WriteAsync("two");

        (await shop.PostAsync("/v2/bot/chat/markAsRead", new { markAsReadToken = token })).Text.ShouldBe("{}");
        (await host.GetAsync($"{shop.Chat}/messages")).GetProperty("read").GetInt64().ShouldBe(1);
        (await other.PostAsync("/v2/bot/chat/markAsRead", new { markAsReadToken = token }))
            .ShouldBeRefused(HttpStatusCode.BadRequest, "Invalid markAsReadToken. Tokens must be used by the bot that received them via Webhook.");
        (await shop.PostAsync("/v2/bot/message/markAsRead", new { chat = new { userId = await shop.UserIdAsync() } }))
            .ShouldBeRefused(HttpStatusCode.Forbidden, "Access to this API is not available for your account");
    }

    [Fact]
    public async Task Given_the_scope_for_it_When_the_old_call_marks_a_chat_Then_all_of_it_is_read_and_a_strangers_id_is_refused()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: [.. Shop.AllScopes, "message:mark_as_read"]);
        await shop.WriteAsync("one");
        await shop.WriteAsync("two");

        (await shop.PostAsync("/v2/bot/message/markAsRead", new { chat = new { userId = await shop.UserIdAsync() } })).Text.ShouldBe("{}");
        (await host.GetAsync($"{shop.Chat}/messages")).GetProperty("read").GetInt64().ShouldBe(2);
        (await shop.PostAsync("/v2/bot/message/markAsRead", new { chat = new { userId = "U1" } }))
            .ShouldBeRefused(HttpStatusCode.BadRequest, "The property, 'chat.chatId', in the request body is invalid (line: -, column: -)");
    }

    [Fact]
    public async Task Given_a_quote_token_When_it_is_used_in_its_own_chat_Then_it_quotes_and_in_another_the_reply_is_refused_and_not_burnt()
    {
        await using var shop = await Shop.OpenAsync(host);
        await using var other = await Shop.OpenAsync(host);
        await shop.WriteAsync("quote me");
        var received = await shop.Module.NextAsync("message");
        var quoteToken = received.Event.GetProperty("message").GetProperty("quoteToken").GetString();
        await other.WriteAsync("hello");
        var foreign = await other.Module.NextAsync("message");

        var refused = await other.PostAsync("/v2/bot/message/reply", new { replyToken = foreign.ReplyToken, messages = new[] { new { type = "text", text = "?", quoteToken } } });
        var right = await shop.PostAsync("/v2/bot/message/reply", new { replyToken = received.ReplyToken, messages = new[] { new { type = "text", text = "!", quoteToken } } });

        refused.Json.GetProperty("details")[0].GetProperty("property").GetString().ShouldBe("messages[0].quoteToken");
        right.Status.ShouldBe(HttpStatusCode.OK, right.Text);
        (await other.ReplyAsync(foreign.ReplyToken!, "hello too")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_message_that_quotes_another_When_the_person_sends_it_Then_the_event_names_the_quoted_one()
    {
        await using var shop = await Shop.OpenAsync(host);
        var pushed = await shop.PushAsync(await shop.UserIdAsync(), "open until six");
        var quotedMessageId = pushed.Json.GetProperty("sentMessages")[0].GetProperty("id").GetString();

        await host.PostAsync($"{shop.Chat}/messages", new { type = "text", text = "on Sundays too?", quotedMessageId });
        using var unknown = await host.Http.PostAsJsonAsync($"{shop.Chat}/messages", new { type = "text", text = "?", quotedMessageId = "123" });

        (await shop.Module.NextAsync("message")).Event.GetProperty("message").GetProperty("quotedMessageId").GetString().ShouldBe(quotedMessageId);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"date":"2026-12-01"}""", HttpStatusCode.Accepted)]
    [InlineData("""{"time":"06:15"}""", HttpStatusCode.Accepted)]
    [InlineData("""{"datetime":"2026-12-01T06:15"}""", HttpStatusCode.Accepted)]
    [InlineData("""{"datetime":"2026-12-01 06:15"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"date":"2026-12-01","time":"06:15"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"newRichMenuAliasId":"forged","status":"SUCCESS"}""", HttpStatusCode.BadRequest)]
    public async Task Given_what_a_picker_gave_When_it_is_sent_Then_only_one_of_date_time_and_datetime_passes(string parameters, HttpStatusCode status)
    {
        await using var shop = await Shop.OpenAsync(host);

        using var answer = await host.Http.PostAsJsonAsync($"{shop.Chat}/postback", new { data = "when", @params = JsonSerializer.Deserialize<JsonElement>(parameters) });

        answer.StatusCode.ShouldBe(status);
        if (status == HttpStatusCode.Accepted)
            (await shop.Module.NextAsync("postback")).Event.GetProperty("postback").GetProperty("params").GetRawText().ShouldBe(parameters);
    }

    private static async Task<HttpStatusCode> BeaconAsync(Shop shop, string type)
    {
        using var answer = await shop.Host.Http.PostAsJsonAsync($"{shop.Chat}/beacon", new { type });
        return answer.StatusCode;
    }
}
