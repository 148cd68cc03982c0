using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tenancy;

namespace ModuleGateway.Tests.Facade;

/// <summary>Who may send to many, to all, and out of a group.</summary>
public sealed class SendingTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private static readonly string[] Granted = [Scopes.MessageSend, Scopes.MessageReceive, Scopes.AccountShare];

    [Fact]
    public async Task Given_a_multicast_to_one_user_whose_chat_is_anothers_When_it_is_sent_Then_details_name_that_one_too()
    {
        var shop = await gateway.NewShopAsync();
        await shop.LinkAsync(answersFirst: true);
        var module = await shop.LinkAsync();
        await shop.WriteAsync("alice", "hello");
        await gateway.RouteAsync();
        var (status, body) = await module.CallAsync(HttpMethod.Post, "/v2/bot/message/multicast", new { to = new[] { Shop.Seen(gateway, module, shop.User("alice")) }, messages = new[] { new { type = "text", text = "x" } } });
        status.ShouldBe(HttpStatusCode.Forbidden);
        ((string?)body!["details"]!.AsArray().ShouldHaveSingleItem()!["property"]).ShouldBe("to[0]");
    }

    [Theory]
    [InlineData("{\"to\":1,\"messages\":[]}", "The property, to, in the request body is invalid (line: -, column: -)")]
    [InlineData("{\"to\":[\"a\"],\"messages\":[]}", "The property, to, in the request body is invalid (line: -, column: -)")]
    [InlineData("{\"to\":null,\"messages\":[]}", "The request body has 1 error(s)")]
    [InlineData("{\"messages\":[]}", "The request body has 1 error(s)")]
    [InlineData("{\n  \"to\" \"a\"}", "The request body could not be parsed as JSON (line: 2, column: 8)")]
    [InlineData("{\"to\":\"a\"} x", "The request body could not be parsed as JSON (line: 1, column: 12)")]
    [InlineData("[]", "The request body could not be parsed as JSON (line: 1, column: 1)")]
    public async Task Given_a_body_that_says_no_chat_When_a_module_pushes_Then_400_says_what_is_wrong_and_where(string body, string message)
    {
        var (_, module) = await ShopAsync("alice");
        using var answer = await module.RequestAsync(HttpMethod.Post, "/v2/bot/message/push", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["message"]).ShouldBe(message);
    }

    [Fact]
    public async Task Given_people_whose_chats_are_the_modules_When_it_multicasts_Then_LINE_gets_its_own_ids_in_their_order()
    {
        var (shop, module) = await ShopAsync("alice", "bob", "carol");
        var (status, _) = await MulticastAsync(module, "carol", "alice", "bob", "alice");
        status.ShouldBe(HttpStatusCode.OK);
        var call = await gateway.Line.CalledAsync(call => call.Path == "/v2/bot/message/multicast" && call.Bot == shop.Bot.ToString());
        call.Json["to"]!.AsArray().Select(one => (string?)one).ShouldBe(new[] { "carol", "alice", "bob", "alice" }.Select(shop.User));
    }

    [Fact]
    public async Task Given_members_whose_chats_another_module_has_When_one_multicasts_Then_all_of_it_is_refused_and_the_details_name_each_of_them()
    {
        var (shop, module) = await ShopAsync("alice", "bob", "carol", "dave");
        var other = await shop.LinkAsync();
        foreach (var name in new[] { "bob", "dave" })
            (await other.AcquireAsync(Shop.Seen(gateway, other, shop.User(name)))).Status.ShouldBe(HttpStatusCode.OK);

        var (status, body) = await MulticastAsync(module, "alice", "bob", "carol", "dave");
        status.ShouldBe(HttpStatusCode.Forbidden);
        ((string?)body!["message"]).ShouldBe("This module is on standby in this chat. Acquire control first.");
        body["details"]!.AsArray().Select(detail => (string?)detail!["property"]).ShouldBe(["to[1]", "to[3]"]);
        Calls(shop, "/v2/bot/message/multicast").ShouldBe(0);
        (await MulticastAsync(other, "bob", "dave")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_members_that_are_none_When_a_module_multicasts_Then_400_names_the_first_and_LINE_sends_nothing()
    {
        var (shop, module) = await ShopAsync("alice");
        await shop.PostAsync(new JsonObject { ["type"] = "message", ["mode"] = "active", ["source"] = new JsonObject { ["type"] = "group", ["groupId"] = shop.Room("us") } });
        await gateway.RouteAsync();
        var alice = Shop.Seen(gateway, module, shop.User("alice"));
        foreach (var bad in new[] { "nobody", shop.Bot.ToString(), shop.User("alice"), Shop.Seen(gateway, module, shop.User("stranger")), Shop.Seen(gateway, module, shop.Room("us")) })
        {
            var (status, body) = await module.CallAsync(HttpMethod.Post, "/v2/bot/message/multicast", new { to = new[] { alice, bad }, messages = Array.Empty<object>() });
            status.ShouldBe(HttpStatusCode.BadRequest, bad);
            ((string?)body!["message"]).ShouldBe("The property, to[1], in the request body is invalid (line: -, column: -)", bad);
        }

        (await module.CallAsync(HttpMethod.Post, "/v2/bot/message/multicast", new { to = new object[] { alice, 7 }, messages = Array.Empty<object>() })).Status.ShouldBe(HttpStatusCode.BadRequest);
        Calls(shop, "/v2/bot/message/multicast").ShouldBe(0);
    }

    [Fact]
    public async Task Given_no_member_or_more_than_LINE_takes_When_a_module_multicasts_Then_400_says_how_many_there_may_be()
    {
        var (shop, module) = await ShopAsync("alice");
        var alice = Shop.Seen(gateway, module, shop.User("alice"));
        foreach (var count in new[] { 0, 501 })
        {
            var (status, body) = await module.CallAsync(HttpMethod.Post, "/v2/bot/message/multicast", new { to = Enumerable.Repeat(alice, count), messages = Array.Empty<object>() });
            status.ShouldBe(HttpStatusCode.BadRequest);
            ((string?)body!["details"]![0]!["message"]).ShouldBe("Size must be between 1 and 500");
        }

        (await module.CallAsync(HttpMethod.Post, "/v2/bot/message/multicast", new { messages = Array.Empty<object>() })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/message/multicast", new { to = Enumerable.Repeat(alice, 500), messages = Array.Empty<object>() })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("broadcast")]
    [InlineData("narrowcast")]
    public async Task Given_a_message_to_all_When_a_module_sends_it_Then_only_the_one_that_answers_first_may_and_one_that_the_owner_let(string call)
    {
        var (shop, first) = await ShopAsync("alice");
        var (other, granted) = (await shop.LinkAsync(), await shop.LinkAsync(scopes: Granted));
        (await other.AcquireAsync(Shop.Seen(gateway, other, shop.User("alice")))).Status.ShouldBe(HttpStatusCode.OK);
        var body = new { messages = new[] { new { type = "text", text = "hello" } } };
        (await other.CallAsync(HttpMethod.Post, $"/v2/bot/message/{call}", body)).Status.ShouldBe(HttpStatusCode.Forbidden);
        Calls(shop, $"/v2/bot/message/{call}").ShouldBe(0);
        (await first.CallAsync(HttpMethod.Post, $"/v2/bot/message/{call}", body)).Status.ShouldBe(HttpStatusCode.OK);
        (await granted.CallAsync(HttpMethod.Post, $"/v2/bot/message/{call}", body)).Status.ShouldBe(HttpStatusCode.OK);
        Calls(shop, $"/v2/bot/message/{call}").ShouldBe(2);

        // The owner's word is for a module that is on.
        await shop.SetStateAsync(granted, LinkageState.InSetUp);
        (await granted.CallAsync(HttpMethod.Post, $"/v2/bot/message/{call}", body)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("group")]
    [InlineData("room")]
    public async Task Given_a_group_or_a_room_When_a_module_leaves_it_Then_it_must_be_the_active_one_there(string kind)
    {
        var (shop, first) = await ShopAsync("alice");
        var other = await shop.LinkAsync();
        var id = shop.Room("us", kind == "group" ? 'C' : 'R');
        await shop.PostAsync(new JsonObject { ["type"] = "message", ["mode"] = "active", ["source"] = new JsonObject { ["type"] = kind, [$"{kind}Id"] = id } });
        await gateway.RouteAsync();
        (await other.CallAsync(HttpMethod.Post, $"/v2/bot/{kind}/{Shop.Seen(gateway, other, id)}/leave")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await first.CallAsync(HttpMethod.Post, $"/v2/bot/{kind}/nothing/leave")).Status.ShouldBe(HttpStatusCode.BadRequest);
        Calls(shop, $"/v2/bot/{kind}/{id}/leave").ShouldBe(0);
        (await first.CallAsync(HttpMethod.Post, $"/v2/bot/{kind}/{Shop.Seen(gateway, first, id)}/leave")).Status.ShouldBe(HttpStatusCode.OK);
        Calls(shop, $"/v2/bot/{kind}/{id}/leave").ShouldBe(1);
    }

    [Fact]
    public async Task Given_the_older_mark_as_read_When_it_is_called_Then_it_needs_its_scope_and_the_chat()
    {
        var shop = await gateway.NewShopAsync();
        string[] scopes = [Scopes.MessageSend, Scopes.MessageReceive, Scopes.MessageMarkAsRead];
        await shop.PostAsync(new JsonObject
        {
            ["type"] = "module", ["mode"] = "active",
            ["module"] = new JsonObject { ["type"] = "attached", ["botId"] = shop.Bot.ToString(), ["scopes"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]) },
        });
        var (first, other, without) = (await shop.LinkAsync(answersFirst: true, scopes: scopes), await shop.LinkAsync(scopes: scopes), await shop.LinkAsync());
        await shop.WriteAsync("alice", "hello");
        await gateway.RouteAsync();

        var (noScope, because) = await ReadAsync(without);
        (noScope, (string?)because!["message"]).ShouldBe((HttpStatusCode.Forbidden, "Access to this API is not available for your account. Your module does not have the scope message:mark_as_read there."));
        (await ReadAsync(other)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await first.CallAsync(HttpMethod.Post, "/v2/bot/message/markAsRead", new { chat = new { } })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await first.CallAsync(HttpMethod.Post, "/v2/bot/message/markAsRead", new { chat = "alice" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        Calls(shop, "/v2/bot/message/markAsRead").ShouldBe(0);
        (await ReadAsync(first)).Status.ShouldBe(HttpStatusCode.OK);
        (await gateway.Line.CalledAsync(call => call.Path == "/v2/bot/message/markAsRead" && call.Bot == shop.Bot.ToString())).Json["chat"]!["userId"]!.GetValue<string>().ShouldBe(shop.User("alice"));

        Task<(HttpStatusCode Status, JsonNode? Body)> ReadAsync(LinkedDouble module) =>
            module.CallAsync(HttpMethod.Post, "/v2/bot/message/markAsRead", new { chat = new { userId = Shop.Seen(gateway, module, shop.User("alice")) } });
    }

    [Theory]
    [InlineData("""{"chat":{"userId":"a"},"chat":{"userId":"b"}}""")]
    [InlineData("""{"chat":{"userId":"a","userId":"b"}}""")]
    public async Task Given_a_chat_that_is_named_twice_inside_another_property_When_it_is_read_Then_400_and_LINE_never_sees_it(string body)
    {
        var shop = await gateway.NewShopAsync();
        await shop.PostAsync(new JsonObject
        {
            ["type"] = "module", ["mode"] = "active",
            ["module"] = new JsonObject { ["type"] = "attached", ["botId"] = shop.Bot.ToString(), ["scopes"] = new JsonArray(Scopes.MessageMarkAsRead, Scopes.MessageReceive) },
        });
        var module = await shop.LinkAsync(answersFirst: true, scopes: [Scopes.MessageMarkAsRead, Scopes.MessageReceive]);
        using var answer = await module.RequestAsync(HttpMethod.Post, "/v2/bot/message/markAsRead", new StringContent(body, null, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("May be given only once");
    }

    [Fact]
    public async Task Given_a_retry_key_When_a_call_does_not_take_one_Then_400_and_nothing_is_sent()
    {
        var (shop, module) = await ShopAsync("alice");
        var token = await shop.WriteAsync("alice", "hello");
        using var answer = await module.RequestAsync(HttpMethod.Post, "/v2/bot/message/reply", JsonContent.Create(new { replyToken = token }), ("X-Line-Retry-Key", Guid.NewGuid().ToString()));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("retry key");
        Calls(shop, "/v2/bot/message/reply").ShouldBe(0);
    }

    [Fact]
    public async Task Given_LINE_that_lists_ids_When_the_list_goes_on_Then_each_is_the_modules_own_and_known_from_now_on()
    {
        var (shop, module) = await ShopAsync("alice");
        var strangers = new[] { "erin", "frank" }.Select(shop.User).ToList();
        gateway.Line.Answer = call => call.Bot != shop.Bot.ToString() ? null
            : call.Path.EndsWith("/members/ids", StringComparison.Ordinal) ? (200, new JsonObject { ["memberIds"] = new JsonArray([.. strangers.Select(id => JsonValue.Create(id))]), ["next"] = "more" }.ToJsonString())
            : call.Path == "/v2/bot/followers/ids" ? (200, new JsonObject { ["userIds"] = new JsonArray([.. strangers.Select(id => JsonValue.Create(id))]) }.ToJsonString())
            : null;
        await shop.PostAsync(new JsonObject { ["type"] = "message", ["mode"] = "active", ["source"] = new JsonObject { ["type"] = "group", ["groupId"] = shop.Room("us") } });
        await gateway.RouteAsync();

        var expected = strangers.Select(id => Shop.Seen(gateway, module, id)).ToList();
        var (_, followers) = await module.CallAsync(HttpMethod.Get, "/v2/bot/followers/ids?limit=2&start=here");
        followers!["userIds"]!.AsArray().Select(id => (string)id!).ShouldBe(expected);
        (await gateway.Line.CalledAsync(call => call.Path == "/v2/bot/followers/ids" && call.Bot == shop.Bot.ToString())).Query.ShouldBe("?limit=2&start=here");
        var (_, members) = await module.CallAsync(HttpMethod.Get, $"/v2/bot/group/{Shop.Seen(gateway, module, shop.Room("us"))}/members/ids");
        members!["memberIds"]!.AsArray().Select(id => (string)id!).ShouldBe(expected);
        ((string?)members["next"]).ShouldBe("more");
        (await module.PushAsync(expected[0], "hello")).Status.ShouldBe(HttpStatusCode.OK);
        gateway.Line.Calls.ShouldNotContain(call => call.Path == $"/v2/bot/profile/{strangers[0]}");
    }

    private int Calls(Shop shop, string path) => gateway.Line.Calls.Count(call => call.Path == path && call.Bot == shop.Bot.ToString());

    private Task<(HttpStatusCode Status, JsonNode? Body)> MulticastAsync(LinkedDouble module, params string[] names) => module.CallAsync(
        HttpMethod.Post, "/v2/bot/message/multicast", new { to = names.Select(name => Shop.Seen(gateway, module, module.Shop.User(name))), messages = new[] { new { type = "text", text = "hello" } } });

    /// <summary>Each of these people has written, and the module answers first.</summary>
    private async Task<(Shop Shop, LinkedDouble Module)> ShopAsync(params string[] people)
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        foreach (var name in people)
            await shop.WriteAsync(name, "hello");
        await gateway.RouteAsync();
        return (shop, module);
    }
}
