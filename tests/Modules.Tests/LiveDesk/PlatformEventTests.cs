using System.Net;
using System.Text.Json;
using Modules.Tests.Platform;

namespace Modules.Tests.LiveDesk;

public sealed class PlatformEventTests : DeskTest
{
    [Fact]
    public async Task Given_a_taken_chat_When_the_platform_says_it_is_lost_Then_the_desk_stands_by_and_old_news_change_nothing()
    {
        var id = await TakenChatAsync();
        using var changes = await ListenAsync();
        var now = Desk.Clock.GetUtcNow();

        // The marker is as old: its own mode says nothing of who answers now.
        await Desk.SendAsync(Events.Deactivated(Alice, now - TimeSpan.FromHours(1)), Events.Text(Alice, "a", at: now - TimeSpan.FromHours(1)));
        IsHeld(await UntilAsync(changes, c => Texts(c).Contains("a"))).ShouldBeTrue();

        await Desk.SendAsync(Events.Deactivated(Alice, now + TimeSpan.FromSeconds(2)));
        await UntilAsync(changes, c => !IsHeld(c));
        (await CodeAsync(await PostAsync($"/chats/{id}/messages", new { text = "hi" }))).ShouldBe("not-held");
    }

    [Fact]
    public async Task Given_activated_by_the_platform_When_it_names_an_end_Then_the_desk_holds_until_then()
    {
        using var changes = await ListenAsync();
        var now = DateTimeOffset.FromUnixTimeMilliseconds(Desk.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        await Desk.SendAsync(Events.Activated(Alice, now, now + TimeSpan.FromMinutes(5)));

        var chat = (await UntilAsync(changes, IsHeld)).GetProperty("chat");
        chat.GetProperty("holdEndsAt").GetDateTimeOffset().ShouldBe(now + TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Given_a_taken_chat_When_an_ordinary_event_says_standby_Then_the_silent_loss_is_noticed()
    {
        await TakenChatAsync();
        using var changes = await ListenAsync();
        await Desk.SendAsync(Events.Text(Alice, "still there?", mode: "standby", at: Desk.Clock.GetUtcNow() + TimeSpan.FromSeconds(1)));
        await UntilAsync(changes, c => !IsHeld(c));
    }

    [Fact]
    public async Task Given_a_push_that_the_platform_forbids_When_an_agent_writes_Then_the_line_is_kept_as_failed_and_the_desk_stands_by()
    {
        var id = await TakenChatAsync();
        Platform.TakeAway(Alice);

        var refused = await PostAsync($"/chats/{id}/messages", new { text = "hi" });
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("on standby in this chat");

        var conversation = await GetAsync($"/chats/{id}");
        IsHeld(conversation).ShouldBeFalse();
        Line(conversation, "hi").GetProperty("state").GetString().ShouldBe("failed");
    }

    [Fact]
    public async Task Given_a_push_whose_answer_was_lost_When_the_agent_sends_it_again_Then_the_customer_gets_it_once()
    {
        var id = await TakenChatAsync();
        var before = Platform.Calls.All.Count(IsPush);
        Platform.Before(path => Task.FromResult<int?>(path == "/v2/bot/message/push" ? 500 : null));
        (await CodeAsync(await PostAsync($"/chats/{id}/messages", new { text = "hi" }))).ShouldBe("away");
        Platform.Before(static _ => Task.FromResult<int?>(null));

        var line = Line(await GetAsync($"/chats/{id}"), "hi").GetProperty("id").GetInt64();
        (await PostAsync($"/chats/{id}/messages/{line}/again")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await PostAsync($"/chats/{id}/messages/{line}/again")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var pushes = Platform.Calls.All.Where(IsPush).Skip(before).ToList();
        pushes.Select(call => call.Status).ShouldBe([500, 200]);
        pushes.Select(call => call.RetryKey).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_detached_account_When_an_agent_writes_Then_the_chat_is_there_to_read_and_nothing_is_sent()
    {
        var id = await TakenChatAsync();
        using var changes = await ListenAsync();
        await Desk.SendAsync(Events.Module("detached"));
        var conversation = await UntilAsync(changes, c => c.GetProperty("chat").GetProperty("account").GetString() == "detached");
        Texts(conversation).ShouldContain("我要找真人");
        var pushes = Platform.Calls.All.Count(IsPush);
        (await CodeAsync(await PostAsync($"/chats/{id}/messages", new { text = "hi" }))).ShouldBe("detached");
        Platform.Calls.All.Count(IsPush).ShouldBe(pushes);

        await Desk.SendAsync(Events.Module("attached"));
        await UntilAsync(changes, c => c.GetProperty("chat").GetProperty("account").GetString() == "attached");
    }

    [Fact]
    public async Task Given_a_message_taken_back_When_its_event_comes_Then_its_words_are_erased_here_too()
    {
        using var changes = await ListenAsync();
        await Desk.SendAsync(Events.Text(Alice, "my card number", mode: "standby"));
        await UntilAsync(changes, c => Texts(c).Contains("my card number"));

        await Desk.SendAsync(Events.Unsend(Alice, "1"));
        var conversation = await UntilAsync(changes, c => !Texts(c).Contains("my card number"));
        conversation.GetProperty("chat").GetProperty("lastText").GetString().ShouldBe("");
    }

    [Fact]
    public async Task Given_a_restart_When_the_desk_is_back_Then_conversation_and_hold_are_as_before()
    {
        var id = await TakenChatAsync();
        await PostAsync($"/chats/{id}/messages", new { text = "one moment" });
        await Desk.StopAsync();
        await Desk.StartAsync();

        var conversation = await GetAsync($"/chats/{id}");
        IsHeld(conversation).ShouldBeTrue();
        Texts(conversation).ShouldContain("one moment");
        (await PostAsync($"/chats/{id}/messages", new { text = "back again" })).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Given_a_stop_after_the_platform_gave_the_chat_When_started_again_Then_the_customer_is_told_once()
    {
        var stopped = new TaskCompletionSource();
        var given = new TaskCompletionSource();
        Platform.After(path => IsFirst(path, given) ? stopped.Task : Task.CompletedTask);
        await Desk.SendAsync(Events.Text(Alice, "真人", mode: "standby"));
        await given.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await Desk.StopAsync();
        stopped.SetResult();
        await Desk.StartAsync();

        (await Platform.Calls.WaitAsync(call => IsPush(call) && call.Status == 200)).Single().Text.ShouldContain("已為您轉接");

        static bool IsFirst(string path, TaskCompletionSource given) => path.EndsWith("/acquire", StringComparison.Ordinal) && given.TrySetResult();
    }

    [Fact]
    public async Task Given_a_stop_between_taking_and_telling_When_started_again_Then_the_customer_is_told_once()
    {
        var stopped = new TaskCompletionSource();
        var telling = new TaskCompletionSource();
        Platform.Before(async path =>
        {
            if (path != "/v2/bot/message/push" || !telling.TrySetResult())
                return null;

            await stopped.Task;
            return 503; // Nobody hears this any more, and nothing was sent.
        });
        await Desk.SendAsync(Events.Text(Alice, "真人", mode: "standby"));
        await telling.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Platform.IsHeld(Alice).ShouldBeTrue();
        await Desk.StopAsync();
        stopped.SetResult();
        await Desk.StartAsync();

        (await Platform.Calls.WaitAsync(call => IsPush(call) && call.Status == 200)).Single().Text.ShouldContain("已為您轉接");
    }

    [Fact]
    public async Task Given_an_open_page_When_the_desk_stops_Then_it_does_not_wait_for_the_page()
    {
        using var changes = await ListenAsync();
        await Desk.StopAsync().WaitAsync(TimeSpan.FromSeconds(5));
        await Desk.StartAsync();
    }

    private static JsonElement Line(JsonElement conversation, string text) =>
        conversation.GetProperty("messages").EnumerateArray().Single(line => line.GetProperty("text").GetString() == text);
}
