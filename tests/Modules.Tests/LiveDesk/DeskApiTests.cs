using System.Net;
using Modules.Tests.Platform;

namespace Modules.Tests.LiveDesk;

public sealed class DeskApiTests : DeskTest
{
    [Theory]
    [InlineData("/desk?linkage=1&bot=Uab012345678901234567890123456789", "text/html")]
    [InlineData("/desk.js", "text/javascript")]
    [InlineData("/base.css", "text/css")]
    public async Task Given_the_desks_page_When_opened_Then_its_files_are_served(string path, string type)
    {
        var response = await Desk.Http.GetAsync(new Uri(Desk.Origin, path));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
    }

    [Fact]
    public async Task Given_chats_of_one_account_When_another_accounts_are_asked_for_Then_there_are_none()
    {
        await TakenChatAsync();
        (await GetAsync($"/chats?bot={FakePlatform.Bot}")).GetProperty("chats").GetArrayLength().ShouldBe(1);
        (await GetAsync("/chats?bot=Uab012345678901234567890123456780")).GetProperty("chats").GetArrayLength().ShouldBe(0);
        (await Desk.Http.GetAsync(Api("/chats?bot=nobody"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_unread_messages_When_the_page_shows_them_Then_they_are_read()
    {
        using var changes = await ListenAsync();
        await Desk.SendAsync(Events.Text(Alice, "one", mode: "standby"), Events.Text(Alice, "two", mode: "standby"));
        var chat = (await UntilAsync(changes, c => Texts(c).Contains("two"))).GetProperty("chat");
        chat.GetProperty("unreadCount").GetInt32().ShouldBe(2);

        var id = chat.GetProperty("id").GetInt64();
        await PostAsync($"/chats/{id}/read");
        (await GetAsync($"/chats/{id}")).GetProperty("chat").GetProperty("unreadCount").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_customer_who_asks_for_a_person_When_the_desk_answers_by_itself_Then_they_still_wait_until_an_agent_writes()
    {
        var id = await TakenChatAsync();
        (await UnreadAsync(id)).ShouldBe(1, "what the desk says by itself reads nothing");

        await PostAsync($"/chats/{id}/messages", new { text = "您好，我是店長" });
        (await UnreadAsync(id)).ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public async Task Given_nothing_to_say_When_sent_Then_it_is_refused(string? text)
    {
        var id = await TakenChatAsync();
        (await PostAsync($"/chats/{id}/messages", new { text })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync($"/chats/{id}/messages", new { text = new string('x', 5001) })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_an_agent_who_writes_When_keys_are_pressed_Then_the_customer_sees_it_and_the_platform_is_asked_sparingly()
    {
        var id = await TakenChatAsync();
        await PostAsync($"/chats/{id}/typing");
        await PostAsync($"/chats/{id}/typing");
        Platform.Calls.All.Where(call => call.Path.EndsWith("/loading/start", StringComparison.Ordinal)).Single().Body.ShouldBe($$"""{"chatId":"{{Alice}}","loadingSeconds":20}""");

        Desk.Clock.Advance(TimeSpan.FromSeconds(11));
        await PostAsync($"/chats/{id}/typing");
        Platform.Calls.All.Count(call => call.Path.EndsWith("/loading/start", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Given_a_chat_that_does_not_exist_When_anything_is_done_with_it_Then_it_is_404()
    {
        (await Desk.Http.GetAsync(Api("/chats/99"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var path in new[] { "messages", "take", "release", "typing", "messages/1/again" })
            (await PostAsync($"/chats/99/{path}", new { text = "hi" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_another_sites_page_When_it_makes_a_browser_give_a_chat_back_Then_it_is_refused()
    {
        var id = await TakenChatAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, Api($"/chats/{id}/release"));
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        (await Desk.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        Platform.Calls.All.ShouldNotContain(call => IsRelease(call));
    }

    private async Task<int> UnreadAsync(long id) => (await GetAsync($"/chats/{id}")).GetProperty("chat").GetProperty("unreadCount").GetInt32();
}
