using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Groups;

public sealed class GroupTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Fact]
    public async Task Given_a_group_When_the_account_is_invited_Then_it_hears_join_with_the_groups_id_and_may_reply()
    {
        await using var shop = await Shop.OpenAsync(host);

        var group = await GroupAsync(shop);

        var join = await shop.Module.NextAsync("join");
        join.Event.GetProperty("source").GetRawText().ShouldBe($$"""{"type":"group","groupId":"{{group.LineId}}"}""");
        (await shop.ReplyAsync(join.ReplyToken!, "hello all")).Status.ShouldBe(HttpStatusCode.OK);
        (await group.TextsAsync()).ShouldContain("hello all");
    }

    [Fact]
    public async Task Given_a_group_When_a_member_writes_and_mentions_the_account_Then_the_event_names_group_user_and_mention()
    {
        await using var shop = await Shop.OpenAsync(host);
        var group = await GroupAsync(shop);
        await shop.Module.NextAsync("join");

        await group.WriteAsync("hi @測試小店 and @Alice");

        var message = await shop.Module.NextAsync("message");
        message.Event.GetProperty("source").GetRawText().ShouldBe($$"""{"type":"group","groupId":"{{group.LineId}}","userId":"{{await shop.UserIdAsync()}}"}""");
        message.Event.GetProperty("message").GetProperty("mention").GetRawText().ShouldBe(
            $$"""{"mentionees":[{"type":"user","userId":"{{shop.BotId}}","isSelf":true,"index":3,"length":5},{"type":"user","userId":"{{await shop.UserIdAsync()}}","isSelf":false,"index":13,"length":6}]}""");
    }

    [Fact]
    public async Task Given_a_group_When_people_come_and_go_Then_memberJoined_can_be_answered_and_memberLeft_cannot()
    {
        await using var shop = await Shop.OpenAsync(host);
        var group = await GroupAsync(shop);
        await shop.Module.NextAsync("join");
        var bob = (await host.PostAsync("/sandbox/api/people", new { name = "Bob" })).GetProperty("id").GetString()!;

        using var came = await host.Http.PostAsJsonAsync($"/phone/api/groups/{group.Id}/members", new { personId = bob });
        var joined = await shop.Module.NextAsync("memberJoined");
        var count = await shop.CallAsync(HttpMethod.Get, $"/v2/bot/group/{group.LineId}/members/count");
        using var went = await host.Http.DeleteAsync($"/phone/api/groups/{group.Id}/members/{bob}");
        var left = await shop.Module.NextAsync("memberLeft");

        came.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        went.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        count.Text.ShouldBe("""{"count":2}""");
        var member = joined.Event.GetProperty("joined").GetProperty("members")[0];
        member.GetProperty("userId").GetString().ShouldBe(left.Event.GetProperty("left").GetProperty("members")[0].GetProperty("userId").GetString());
        joined.Event.GetProperty("source").TryGetProperty("userId", out _).ShouldBeFalse();
        joined.ReplyToken.ShouldNotBeNull();
        left.ReplyToken.ShouldBeNull();
    }

    [Fact]
    public async Task Given_a_group_When_the_module_asks_about_it_Then_it_gets_name_members_and_profiles_also_of_who_is_no_friend()
    {
        await using var shop = await Shop.OpenAsync(host);
        var group = await GroupAsync(shop, "開會");
        await shop.Module.NextAsync("join");
        await shop.BlockAsync();
        var userId = await shop.UserIdAsync();

        var summary = await shop.CallAsync(HttpMethod.Get, $"/v2/bot/group/{group.LineId}/summary");
        var profile = await shop.CallAsync(HttpMethod.Get, $"/v2/bot/group/{group.LineId}/member/{userId}");

        summary.Json.GetProperty("groupId").GetString().ShouldBe(group.LineId);
        summary.Json.GetProperty("groupName").GetString().ShouldBe("開會");
        (await host.Http.GetAsync(new Uri(summary.Json.GetProperty("pictureUrl").GetString()!))).StatusCode.ShouldBe(HttpStatusCode.OK);
        profile.Json.GetProperty("displayName").GetString().ShouldBe("Alice");
        profile.Json.TryGetProperty("language", out _).ShouldBeFalse();
        (await shop.CallAsync(HttpMethod.Get, $"/v2/bot/group/{group.LineId}/members/ids")).ShouldBeRefused(HttpStatusCode.Forbidden, "Access to this API is not available for your account");
        (await shop.CallAsync(HttpMethod.Get, $"/v2/bot/group/{group.LineId}/member/LU{new string('0', 32)}-{shop.BotId}")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/group/C12/summary")).ShouldBeRefused(HttpStatusCode.BadRequest, "The value for the 'groupId' parameter is invalid");
        (await shop.CallAsync(HttpMethod.Get, $"/v2/bot/group/C{new string('0', 32)}/summary")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
        (await shop.CallAsync(HttpMethod.Get, $"/v2/bot/room/{group.LineId}/members/count")).ShouldBeRefused(HttpStatusCode.BadRequest, "The value for the 'roomId' parameter is invalid");
    }

    [Fact]
    public async Task Given_a_verified_account_in_a_group_of_101_When_it_asks_for_the_ids_Then_they_come_in_two_pages()
    {
        await using var own = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(own);
        var verified = (await own.GetAsync("/phone/api/accounts")).EnumerateArray().First(account => account.GetProperty("name").GetString() == "青禾髮廊").GetProperty("botId").GetString()!;
        using var right = await own.Http.PutAsJsonAsync($"/sandbox/api/managers/{shop.ManagerEmail}/rights/{verified}", new { role = "administrator" });
        var callback = await shop.ConsentAsync(shop.AuthorizeUrl(), Shop.AllScopes, botId: verified);
        using var attached = await shop.ExchangeAsync(callback["code"]!);
        var members = new List<string>();
        for (var number = 0; number < 101; number++)
            members.Add((await own.PostAsync("/sandbox/api/people", new { name = $"Person {number}" })).GetProperty("id").GetString()!);
        var group = await own.PostAsync("/phone/api/groups", new { name = "Many", members, botId = verified });
        var lineId = group.GetProperty("lineId").GetString();

        var first = await shop.CallAsync(HttpMethod.Get, $"/v2/bot/group/{lineId}/members/ids", botId: verified);
        var second = await shop.CallAsync(HttpMethod.Get, $"/v2/bot/group/{lineId}/members/ids?start={first.Json.GetProperty("next").GetString()}", botId: verified);

        first.Json.GetProperty("memberIds").GetArrayLength().ShouldBe(100);
        second.Json.GetProperty("memberIds").GetArrayLength().ShouldBe(1);
        second.Json.TryGetProperty("next", out _).ShouldBeFalse();
        (await shop.CallAsync(HttpMethod.Get, $"/v2/bot/group/{lineId}/members/ids?start=x", botId: verified)).ShouldBeRefused(HttpStatusCode.BadRequest, "Invalid start param");
    }

    [Fact]
    public async Task Given_a_group_of_three_When_the_module_pushes_Then_all_see_it_and_three_messages_are_counted()
    {
        await using var shop = await Shop.OpenAsync(host);
        var group = await GroupAsync(shop, others: 2);
        await shop.Module.NextAsync("join");

        var answer = await shop.PushAsync(group.LineId, "for three");

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        (await group.TextsAsync()).ShouldContain("for three");
        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/message/quota/consumption")).Text.ShouldBe("""{"totalUsage":3}""");
    }

    [Fact]
    public async Task Given_a_group_When_the_module_leaves_Then_it_hears_leave_and_can_do_nothing_there_any_more()
    {
        await using var shop = await Shop.OpenAsync(host);
        var group = await GroupAsync(shop);
        await shop.Module.NextAsync("join");

        (await shop.PostAsync($"/v2/bot/group/{group.LineId}/leave")).Status.ShouldBe(HttpStatusCode.OK);

        var leave = await shop.Module.NextAsync("leave");
        leave.ReplyToken.ShouldBeNull();
        leave.Event.GetProperty("source").GetProperty("groupId").GetString().ShouldBe(group.LineId);
        (await shop.PostAsync($"/v2/bot/group/{group.LineId}/leave")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
        (await shop.PushAsync(group.LineId, "x")).ShouldBeRefused(HttpStatusCode.BadRequest, "Failed to send messages");
        (await shop.PostAsync($"/v2/bot/chat/{group.LineId}/control/acquire")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
        using var refused = await host.Http.PostAsJsonAsync($"{group.Chat}/messages?as={shop.PersonId}", new { type = "text", text = "anybody?" });
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Given_a_group_When_a_module_acquires_and_releases_it_Then_both_notices_name_the_group()
    {
        await using var shop = await Shop.OpenAsync(host, isDefaultActive: false);
        var group = await GroupAsync(shop);
        (await shop.Module.NextAsync("join")).Mode.ShouldBe("standby");

        (await shop.PostAsync($"/v2/bot/chat/{group.LineId}/control/acquire")).Status.ShouldBe(HttpStatusCode.OK);
        await group.WriteAsync("who is there?");
        (await shop.PostAsync($"/v2/bot/chat/{group.LineId}/control/release")).Status.ShouldBe(HttpStatusCode.OK);

        (await shop.Module.NextAsync("activated")).Event.GetProperty("source").GetRawText().ShouldBe($$"""{"type":"group","groupId":"{{group.LineId}}"}""");
        (await shop.Module.NextAsync("message")).Mode.ShouldBe("active");
        (await shop.Module.NextAsync("deactivated")).Event.GetProperty("source").GetProperty("groupId").GetString().ShouldBe(group.LineId);
    }

    [Fact]
    public async Task Given_an_account_that_takes_no_invitation_or_a_group_with_another_account_When_it_is_invited_Then_the_phone_is_refused()
    {
        await using var shop = await Shop.OpenAsync(host);
        await using var other = await Shop.OpenAsync(host);
        var group = await GroupAsync(shop);

        using var second = await host.Http.PostAsJsonAsync($"/phone/api/groups/{group.Id}/accounts", new { botId = other.BotId });
        using var off = await host.Http.PutAsJsonAsync($"/sandbox/api/accounts/{shop.BotId}/groups", new { allowed = false });
        using var shy = await host.Http.PostAsJsonAsync("/phone/api/groups", new { name = "x", members = new[] { shop.PersonId }, botId = shop.BotId });

        (await second.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("oneAccountOnly");
        (await shy.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("notInvitable");
    }

    [Fact]
    public async Task Given_a_room_When_the_account_was_added_Then_it_hears_join_with_the_first_event_and_leaving_twice_is_no_fault()
    {
        await using var shop = await Shop.OpenAsync(host);
        var room = await GroupAsync(shop, kind: "room");
        room.LineId[0].ShouldBe('R');

        await room.WriteAsync("first words");

        (await shop.Module.NextAsync()).Type.ShouldBe("join");
        (await shop.Module.NextAsync()).Event.GetProperty("source").GetProperty("roomId").GetString().ShouldBe(room.LineId);
        (await shop.PostAsync($"/v2/bot/room/{room.LineId}/leave")).Status.ShouldBe(HttpStatusCode.OK);
        (await shop.PostAsync($"/v2/bot/room/{room.LineId}/leave")).Status.ShouldBe(HttpStatusCode.OK);
        (await shop.PostAsync($"/v2/bot/room/R{new string('0', 32)}/leave")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
    }

    [Fact]
    public async Task Given_a_group_When_somebody_who_is_not_in_it_writes_Then_404()
    {
        await using var shop = await Shop.OpenAsync(host);
        var group = await GroupAsync(shop);

        foreach (var stranger in new[] { "?as=nobody", "", $"?as={(await host.PostAsync("/sandbox/api/people", new { name = "Eve" })).GetProperty("id").GetString()}" })
        {
            using var refused = await host.Http.PostAsJsonAsync($"{group.Chat}/messages{stranger}", new { type = "text", text = "let me in" });
            refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Given_a_group_When_the_sandbox_starts_again_Then_the_account_is_still_in_it()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "sandbox.db");
        var first = await SandboxHost.StartAsync(("Sandbox:DataFile", file));
        await using var shop = await Shop.OpenAsync(first);
        var group = await GroupAsync(shop);
        await shop.Module.NextAsync("join");
        await first.DisposeAsync();
        await using var second = await SandboxHost.StartAsync(("Sandbox:DataFile", file));

        var answer = await shop.At(second).PushAsync(group.LineId, "still here");

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
    }

    private static async Task<TestGroup> GroupAsync(Shop shop, string name = "Friends", string kind = "group", int others = 0)
    {
        var members = new List<string> { shop.PersonId };
        for (var number = 0; number < others; number++)
            members.Add((await shop.Host.PostAsync("/sandbox/api/people", new { name = $"Other {number}" })).GetProperty("id").GetString()!);
        var made = await shop.Host.PostAsync("/phone/api/groups", new { name, kind, members, botId = shop.BotId });
        return new TestGroup(shop, made.GetProperty("id").GetString()!, made.GetProperty("lineId").GetString()!);
    }

    /// <summary>One group with the shop's account in it, as its first member handles it.</summary>
    private sealed record TestGroup(Shop Shop, string Id, string LineId)
    {
        public string Chat => $"/phone/api/chats/{Shop.BotId}/{Id}";

        public async Task WriteAsync(string text) => await Shop.Host.PostAsync($"{Chat}/messages?as={Shop.PersonId}", new { type = "text", text });

        public async Task<IReadOnlyList<string?>> TextsAsync() => [.. (await Shop.Host.GetAsync($"{Chat}/messages")).GetProperty("messages").EnumerateArray()
            .Select(message => message.GetProperty("message").TryGetProperty("text", out var text) ? text.GetString() : null)];
    }
}
