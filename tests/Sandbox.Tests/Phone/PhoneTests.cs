using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Phone;

public sealed class PhoneTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Fact]
    public async Task Given_an_empty_platform_When_the_phone_opens_Then_there_are_four_people_and_four_accounts_and_nobody_is_a_friend()
    {
        await using var fresh = await SandboxHost.StartAsync();

        var people = await fresh.GetAsync("/phone/api/people");
        var accounts = await fresh.GetAsync($"/phone/api/accounts?as={people[0].GetProperty("id").GetString()}");

        people.EnumerateArray().Select(person => person.GetProperty("language").GetString()).ShouldBe(["en", "ja", "zh-TW", "th"]);
        accounts.GetArrayLength().ShouldBe(4);
        accounts.EnumerateArray().ShouldAllBe(account => account.GetProperty("friend").GetString() == "none");
        foreach (var path in new[] { people[0].GetProperty("avatarUrl").GetString(), accounts[0].GetProperty("avatarUrl").GetString() })
        {
            using var picture = await fresh.Http.GetAsync(path);
            picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        }
    }

    [Fact]
    public async Task Given_an_account_that_was_not_added_When_the_person_writes_Then_409_and_after_adding_202()
    {
        await using var shop = await Shop.NewAsync(host);

        using var refused = await host.Http.PostAsJsonAsync($"{shop.Chat}/messages", new { type = "text", text = "hi" });
        await shop.FollowAsync();
        using var taken = await host.Http.PostAsJsonAsync($"{shop.Chat}/messages", new { type = "text", text = "hi" });

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("notFriend");
        taken.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await taken.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("messageId").GetString()!.Length.ShouldBe(18);
    }

    [Fact]
    public async Task Given_a_chat_When_the_person_sends_each_kind_of_message_Then_the_module_gets_each_and_the_phone_shows_each()
    {
        await using var shop = await Shop.OpenAsync(host);

        await host.PostAsync($"{shop.Chat}/messages", new { type = "sticker", packageId = "1", stickerId = "4" });
        await host.PostAsync($"{shop.Chat}/messages", new { type = "location", title = "Here", address = "Taipei", latitude = 25.03, longitude = 121.56 });
        await host.PostAsync($"{shop.Chat}/messages", new { type = "image", dataUrl = "data:image/gif;base64,R0lGODlhAQABAAAAACw=" });
        await host.PostAsync($"{shop.Chat}/postback", new { data = "action=book", displayText = "預約" });

        (await shop.Module.NextAsync("message")).Event.GetProperty("message").GetProperty("stickerResourceType").GetString().ShouldBe("STATIC");
        (await shop.Module.NextAsync("message")).Event.GetProperty("message").GetProperty("latitude").GetDouble().ShouldBe(25.03);
        (await shop.Module.NextAsync("message")).Event.GetProperty("message").GetProperty("type").GetString().ShouldBe("image");
        var postback = await shop.Module.NextAsync("postback");
        postback.Event.GetProperty("postback").GetRawText().ShouldBe("""{"data":"action=book"}""");
        postback.ReplyToken.ShouldNotBeNull();
        var shown = await shop.MessagesAsync();
        shown.Select(message => message.GetProperty("message").GetProperty("type").GetString()).ShouldBe(["sticker", "location", "image", "text"]);
        shown.Select(message => message.GetProperty("seq").GetInt64()).ShouldBe([1, 2, 3, 4]);
        using var picture = await host.Http.GetAsync(shown[2].GetProperty("message").GetProperty("originalContentUrl").GetString());
        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/gif");
    }

    [Theory]
    [InlineData("""{"type":"image","dataUrl":"data:image/png;base64,PHNjcmlwdD4="}""")]
    [InlineData("""{"type":"image","dataUrl":"https://pictures.example/a.png"}""")]
    [InlineData("""{"type":"text","text":""}""")]
    [InlineData("""{"type":"sticker","packageId":"1"}""")]
    [InlineData("""{"type":"location","latitude":200,"longitude":0}""")]
    [InlineData("""{"type":"poem"}""")]
    public async Task Given_something_the_phone_cannot_send_When_it_is_posted_Then_400(string body)
    {
        await using var shop = await Shop.NewAsync(host);
        await shop.FollowAsync();

        using var answer = await host.Http.PostAsync($"{shop.Chat}/messages", new StringContent(body, null, "application/json"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await shop.MessagesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_an_open_chat_When_the_module_types_and_pushes_and_the_person_blocks_Then_the_stream_tells_each()
    {
        await using var shop = await Shop.OpenAsync(host);
        var (response, items) = await EventStream.OpenAsync(host, $"{shop.Chat}/stream");
        using var stream = response;
        (await NextAsync(items)).Data.ShouldBe("""{"friend":"friend"}""");

        await shop.PostAsync("/v2/bot/chat/loading/start", new { chatId = await shop.UserIdAsync(), loadingSeconds = 10 });
        var typing = await NextAsync(items);
        await shop.PushAsync(await shop.UserIdAsync(), "here I am");
        var message = await NextAsync(items);
        await shop.BlockAsync();
        var friend = await NextAsync(items);

        typing.EventType.ShouldBe("typing");
        JsonSerializer.Deserialize<JsonElement>(typing.Data).GetProperty("seconds").GetInt32().ShouldBe(10);
        message.EventType.ShouldBe("message");
        message.EventId.ShouldBe("1");
        JsonSerializer.Deserialize<JsonElement>(message.Data).GetProperty("message").GetProperty("text").GetString().ShouldBe("here I am");
        friend.EventType.ShouldBe("friend");
        friend.Data.ShouldBe("""{"friend":"blocked"}""");
    }

    [Fact]
    public async Task Given_a_phone_that_lost_its_line_When_it_reconnects_Then_it_gets_what_it_missed_and_nothing_twice()
    {
        await using var shop = await Shop.OpenAsync(host);
        for (var i = 1; i <= 3; i++)
            await shop.WriteAsync($"{i}");

        var (response, items) = await EventStream.OpenAsync(host, $"{shop.Chat}/stream", lastEventId: "1");
        using var stream = response;
        (await NextAsync(items)).EventType.ShouldBe("friend");

        (await NextAsync(items)).EventId.ShouldBe("2");
        (await NextAsync(items)).EventId.ShouldBe("3");
        await shop.WriteAsync("4");
        (await NextAsync(items)).EventId.ShouldBe("4");
    }

    [Fact]
    public async Task Given_the_side_panel_When_a_chat_goes_on_Then_it_shows_webhooks_calls_and_control_with_their_chat()
    {
        await using var shop = await Shop.OpenAsync(host);
        using var timeline = await TimelineReader.OpenAsync(host, shop.BotId);

        await shop.WriteAsync("hello");
        var webhook = await timeline.NextAsync(entry => entry.Is("webhook", "message"));
        await shop.ReplyAsync((await shop.Module.NextAsync("message")).ReplyToken!, "welcome");
        var call = await timeline.NextAsync(entry => entry.Kind == "call");
        await shop.PostAsync($"/v2/bot/chat/{await shop.UserIdAsync()}/control/release");
        var control = await timeline.NextAsync(entry => entry.Kind == "control");

        webhook.Json.GetProperty("mode").GetString().ShouldBe("active");
        webhook.Json.GetProperty("status").GetInt32().ShouldBe(200);
        webhook.Json.GetProperty("personId").GetString().ShouldBe(shop.PersonId);
        webhook.Json.GetProperty("body").GetProperty("destination").GetString().ShouldBe(shop.BotId);
        call.Json.GetProperty("path").GetString().ShouldBe("/v2/bot/message/reply");
        call.Json.GetProperty("personId").GetString().ShouldBe(shop.PersonId);
        call.Json.GetProperty("chatId").GetString().ShouldBe(await shop.UserIdAsync());
        call.Json.GetProperty("channel").GetProperty("id").GetString().ShouldBe(shop.ChannelId);
        control.Json.GetProperty("active").GetProperty("kind").GetString().ShouldBe("none");
        (await host.GetAsync($"{shop.Chat}/messages")).GetProperty("active").GetProperty("kind").GetString().ShouldBe("none");
    }

    [Fact]
    public async Task Given_a_page_of_another_origin_When_it_drives_the_phone_Then_403()
    {
        await using var shop = await Shop.NewAsync(host);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{shop.Chat}/follow");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await host.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await host.GetAsync($"{shop.Chat}/messages")).GetProperty("friend").GetString().ShouldBe("none");
    }

    [Fact]
    public async Task Given_nobody_When_their_chat_is_opened_Then_404()
    {
        await using var shop = await Shop.NewAsync(host);

        using var nobody = await host.Http.GetAsync($"/phone/api/chats/{shop.BotId}/nobody/messages");
        using var nowhere = await host.Http.GetAsync($"/phone/api/chats/U{new string('a', 32)}/{shop.PersonId}/stream");

        nobody.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        nowhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<System.Net.ServerSentEvents.SseItem<string>> NextAsync(IAsyncEnumerator<System.Net.ServerSentEvents.SseItem<string>> items)
    {
        (await items.MoveNextAsync().AsTask().WaitAsync(WebhookRecorder.Limit)).ShouldBeTrue();
        return items.Current;
    }
}
