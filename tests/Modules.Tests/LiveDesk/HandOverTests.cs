using System.Net;
using Modules.Tests.Platform;

namespace Modules.Tests.LiveDesk;

public sealed class HandOverTests : DeskTest
{
    [Theory]
    [InlineData("我要找真人")]
    [InlineData("can I talk to an AGENT?")]
    [InlineData("Ｈｕｍａｎ please")]
    [InlineData("スタッフをお願いします")]
    [InlineData("ขอคุยกับเจ้าหน้าที่หน่อย")]
    public async Task Given_a_standby_chat_When_a_customer_asks_for_a_person_Then_the_desk_takes_it_for_an_hour_and_says_so(string text)
    {
        await Desk.SendAsync(Events.Text(Alice, text, mode: "standby"));

        (await Platform.Calls.WaitAsync(IsAcquire)).Single().ShouldSatisfyAllConditions(
            call => call.Path.ShouldBe($"/v2/bot/chat/{Alice}/control/acquire"),
            call => call.Body.ShouldBe("""{"expired":true,"ttl":3600}"""));
        var notice = (await Platform.Calls.WaitAsync(IsPush)).Single();
        notice.Text.ShouldContain("已為您轉接專人");
        notice.Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("travel agency")]
    [InlineData("營業時間")]
    public async Task Given_a_standby_chat_When_a_customer_writes_something_else_Then_the_desk_writes_it_down_and_is_silent(string text)
    {
        using var changes = await ListenAsync();
        await Desk.SendAsync(Events.Text(Alice, text, mode: "standby"));

        var conversation = await UntilAsync(changes, c => Texts(c).Contains(text) && Name(c) is not null);
        IsHeld(conversation).ShouldBeFalse();
        Name(conversation).ShouldBe("小美");
        Platform.Calls.All.ShouldNotContain(call => IsAcquire(call) || IsPush(call));
    }

    [Fact]
    public async Task Given_a_taken_chat_When_an_agent_answers_and_gives_it_back_Then_the_customer_gets_it_and_the_hold_ends()
    {
        var id = await TakenChatAsync();

        (await PostAsync($"/chats/{id}/messages", new { text = "您好，我是店長" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        Platform.Calls.All.Last(IsPush).ShouldSatisfyAllConditions(call => call.Text.ShouldBe("您好，我是店長"), call => call.Json.GetProperty("to").GetString().ShouldBe(Alice));

        (await PostAsync($"/chats/{id}/release")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Platform.Calls.All.Count(IsRelease).ShouldBe(1);
        Platform.IsHeld(Alice).ShouldBeFalse();
        var conversation = await GetAsync($"/chats/{id}");
        IsHeld(conversation).ShouldBeFalse();
        Texts(conversation).Last().ShouldContain("自動小幫手");
    }

    [Fact]
    public async Task Given_a_chat_that_the_desk_does_not_hold_When_an_agent_writes_or_gives_back_Then_it_is_refused_in_words_and_nothing_is_sent()
    {
        var id = await TakenChatAsync();
        await PostAsync($"/chats/{id}/release");
        var pushes = Platform.Calls.All.Count(IsPush);

        foreach (var path in new[] { "messages", "release", "typing" })
        {
            var refused = await PostAsync($"/chats/{id}/{path}", new { text = "hi" });
            refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await CodeAsync(refused)).ShouldBe("not-held");
        }

        Platform.Calls.All.Count(IsPush).ShouldBe(pushes);
    }

    [Fact]
    public async Task Given_a_chat_of_others_When_an_agent_takes_it_Then_the_desk_may_write()
    {
        using var changes = await ListenAsync();
        await Desk.SendAsync(Events.Text(Alice, "營業時間", mode: "standby"));
        var id = (await UntilAsync(changes, c => Name(c) is not null)).GetProperty("chat").GetProperty("id").GetInt64();

        (await PostAsync($"/chats/{id}/take")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await PostAsync($"/chats/{id}/messages", new { text = "hi" })).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(423, "just-taken")]
    [InlineData(404, "not-in-chat")]
    [InlineData(503, "away")]
    [InlineData(400, "refused")]
    public async Task Given_a_platform_that_refuses_When_an_agent_takes_a_chat_Then_the_reason_is_told(int status, string code)
    {
        var id = await TakenChatAsync();
        await PostAsync($"/chats/{id}/release");
        Platform.Before(path => Task.FromResult<int?>(path.EndsWith("/acquire", StringComparison.Ordinal) ? status : null));

        var refused = await PostAsync($"/chats/{id}/take");
        (await CodeAsync(refused)).ShouldBe(code);
        IsHeld(await GetAsync($"/chats/{id}")).ShouldBeFalse();
    }

    [Fact]
    public async Task Given_another_module_that_has_just_taken_the_chat_When_a_customer_asks_for_a_person_Then_the_desk_tries_again_and_takes_it()
    {
        var tries = 0;
        Platform.Before(path => Task.FromResult<int?>(path.EndsWith("/acquire", StringComparison.Ordinal) && Interlocked.Increment(ref tries) == 1 ? 423 : null));
        await Desk.SendAsync(Events.Text(Alice, "真人", mode: "standby"));
        (await Platform.Calls.WaitAsync(IsAcquire, count: 2)).Select(call => call.Status).ShouldBe([423, 200]);
        await Platform.Calls.WaitAsync(IsPush);
    }

    [Fact]
    public async Task Given_an_agent_at_work_When_a_quarter_of_the_hold_is_gone_Then_it_is_renewed_and_not_before()
    {
        var id = await TakenChatAsync();
        Desk.Clock.Advance(TimeSpan.FromMinutes(14));
        await PostAsync($"/chats/{id}/messages", new { text = "one" });
        Platform.Calls.All.Count(IsAcquire).ShouldBe(1);

        Desk.Clock.Advance(TimeSpan.FromMinutes(2));
        await PostAsync($"/chats/{id}/typing");
        Platform.Calls.All.Count(IsAcquire).ShouldBe(2);
    }

    [Fact]
    public async Task Given_an_hour_without_work_When_the_hold_has_run_out_Then_the_desk_knows_and_does_not_write()
    {
        var id = await TakenChatAsync();
        Desk.Clock.Advance(TimeSpan.FromMinutes(61));

        IsHeld(await GetAsync($"/chats/{id}")).ShouldBeFalse();
        (await CodeAsync(await PostAsync($"/chats/{id}/messages", new { text = "hi" }))).ShouldBe("not-held");
    }
}
