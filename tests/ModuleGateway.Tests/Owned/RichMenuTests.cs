using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Line;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Owned;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Owned;

/// <summary>Rich menus of several modules on one account.</summary>
public sealed class RichMenuTests(GatewayHost gateway) : IClassFixture<GatewayHost>, IDisposable
{
    public void Dispose()
    {
        gateway.Line.Answer = _ => null;
    }

    [Fact]
    public async Task Given_a_menu_that_LINE_made_although_its_answer_was_lost_When_LINEs_list_is_looked_through_Then_it_is_his_who_asked_for_it_and_nothing_else_is()
    {
        var (one, other) = await TwoAsync();
        gateway.Line.HangUp = call => call.Bot == one.Bot.ToString() && call.Path == "/v2/bot/richmenu";
        (await one.CallAsync(HttpMethod.Post, "/v2/bot/richmenu", Switching("menu-b"))).Status.ShouldBe(HttpStatusCode.InternalServerError);
        gateway.Line.HangUp = _ => false;
        var made = gateway.Line.Calls.Last(call => call.Bot == one.Bot.ToString() && call.Path == "/v2/bot/richmenu").Json;
        Listed(one, ("richmenu-lost", made), ("richmenu-else", Renamed(made, "another")));

        await LookForLostAsync();
        var (_, mine) = await one.CallAsync(HttpMethod.Get, "/v2/bot/richmenu/list");
        mine!["richmenus"]!.AsArray().Select(menu => (string?)menu!["richMenuId"]).ShouldBe(["richmenu-lost"]);
        var (_, theirs) = await other.CallAsync(HttpMethod.Get, "/v2/bot/richmenu/list");
        theirs!["richmenus"]!.AsArray().ShouldBeEmpty();
        (await one.CallAsync(HttpMethod.Delete, "/v2/bot/richmenu/richmenu-lost")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_more_of_the_same_at_LINE_than_was_lost_When_its_list_is_looked_through_Then_none_is_taken()
    {
        var (one, _) = await TwoAsync();
        gateway.Line.HangUp = call => call.Bot == one.Bot.ToString() && call.Path == "/v2/bot/richmenu";
        (await one.CallAsync(HttpMethod.Post, "/v2/bot/richmenu", Switching("menu-b"))).Status.ShouldBe(HttpStatusCode.InternalServerError);
        gateway.Line.HangUp = _ => false;
        var made = gateway.Line.Calls.Last(call => call.Bot == one.Bot.ToString() && call.Path == "/v2/bot/richmenu").Json;
        Listed(one, ("richmenu-1", made), ("richmenu-2", made));

        await LookForLostAsync();
        (await one.CallAsync(HttpMethod.Get, "/v2/bot/richmenu/list")).Body!["richmenus"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_an_audience_whose_making_was_lost_When_LINEs_list_is_looked_through_Then_the_one_of_that_name_and_time_is_his_who_asked_for_it()
    {
        var (one, _) = await TwoAsync();
        gateway.Line.HangUp = call => call.Bot == one.Bot.ToString() && call.Path == "/v2/bot/audienceGroup/upload";
        (await one.CallAsync(HttpMethod.Post, "/v2/bot/audienceGroup/upload", new { description = "vip" })).Status.ShouldBe(HttpStatusCode.InternalServerError);
        gateway.Line.HangUp = _ => false;
        var now = gateway.Clock.GetUtcNow().ToUnixTimeSeconds();
        JsonObject Audience(int id, string description, long created) => new() { ["audienceGroupId"] = id, ["description"] = description, ["created"] = created };
        gateway.Line.Answer = call => call.Path == "/v2/bot/audienceGroup/list" && call.Bot == one.Bot.ToString()
            ? (200, new JsonObject { ["audienceGroups"] = new JsonArray(Audience(1, "vip", now - 86_400), Audience(2, "vip", now), Audience(3, "others", now)), ["hasNextPage"] = false }.ToJsonString())
            : null;

        await LookForLostAsync();
        (await one.CallAsync(HttpMethod.Get, "/v2/bot/audienceGroup/list?page=1")).Body!["audienceGroups"]!.AsArray().Select(audience => (int)audience!["audienceGroupId"]!).ShouldBe([2]);
    }

    private void Listed(LinkedDouble module, params (string Id, JsonNode Menu)[] menus) => gateway.Line.Answer = call => call.Method == "GET" && call.Path == "/v2/bot/richmenu/list" && call.Bot == module.Bot.ToString()
        ? (200, new JsonObject { ["richmenus"] = new JsonArray([.. menus.Select(menu => { var said = menu.Menu.DeepClone(); said["richMenuId"] = menu.Id; return said; })]) }.ToJsonString())
        : null;

    private static JsonNode Renamed(JsonNode menu, string name)
    {
        var renamed = menu.DeepClone();
        renamed["name"] = name;
        return renamed;
    }

    /// <summary>The worker may have looked too: what it found is found.</summary>
    private async Task LookForLostAsync()
    {
        await gateway.AdvanceAsync(TimeSpan.FromMinutes(1.1));
        await gateway.Services.GetRequiredService<LostMakings>().LookAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Given_two_modules_with_an_alias_of_the_same_name_When_menus_switch_Then_LINE_keeps_two_and_each_module_reads_its_own()
    {
        var (one, other) = await TwoAsync();
        var menus = new Dictionary<LinkedDouble, string>();
        foreach (var module in new[] { one, other })
        {
            menus[module] = await MakeMenuAsync(module, Switching("menu-b"));
            (await module.CallAsync(HttpMethod.Post, "/v2/bot/richmenu/alias", new { richMenuAliasId = "menu-b", richMenuId = menus[module] })).Status.ShouldBe(HttpStatusCode.OK);
        }

        var made = gateway.Line.Calls.Where(call => call.Bot == one.Bot.ToString() && call.Path == "/v2/bot/richmenu").Select(call => (string)call.Json["areas"]![0]!["action"]!["richMenuAliasId"]!).ToList();
        var aliases = gateway.Line.Calls.Where(call => call.Bot == one.Bot.ToString() && call.Path == "/v2/bot/richmenu/alias").Select(call => (string)call.Json["richMenuAliasId"]!).ToList();
        aliases.ShouldBe(made);
        aliases.ShouldBeUnique();
        aliases.ShouldNotContain("menu-b");

        gateway.Line.Answer = call => call.Path switch
        {
            "/v2/bot/richmenu/alias/list" => (200, new JsonObject
            {
                ["aliases"] = new JsonArray([.. aliases.Select(alias => (JsonNode)new JsonObject { ["richMenuAliasId"] = alias, ["richMenuId"] = "richmenu-1" })]),
            }.ToJsonString()),
            _ => null,
        };
        foreach (var module in new[] { one, other })
        {
            var (_, list) = await module.CallAsync(HttpMethod.Get, "/v2/bot/richmenu/alias/list");
            list!["aliases"]!.AsArray().ShouldHaveSingleItem()!["richMenuAliasId"]!.GetValue<string>().ShouldBe("menu-b");
        }

        await one.Shop.PostAsync(new JsonObject
        {
            ["type"] = "postback", ["mode"] = "active", ["replyToken"] = "t", ["source"] = new JsonObject { ["type"] = "user", ["userId"] = one.Shop.User("alice") },
            ["postback"] = new JsonObject { ["data"] = "to-b", ["params"] = new JsonObject { ["newRichMenuAliasId"] = aliases[0], ["status"] = "SUCCESS" } },
        });
        var (mine, theirs) = (await one.Module.NextAsync("postback"), await other.Module.NextAsync("postback"));
        ((string)mine["postback"]!["params"]!["newRichMenuAliasId"]!).ShouldBe("menu-b");
        ((string)theirs["postback"]!["params"]!["newRichMenuAliasId"]!).ShouldNotBeOneOf("menu-b", aliases[0]);
    }

    [Fact]
    public async Task Given_a_batch_for_all_When_a_module_sends_it_Then_it_is_for_the_menus_of_that_module()
    {
        var (one, other) = await TwoAsync();
        var (first, second) = (await MakeMenuAsync(one), await MakeMenuAsync(one));
        var theirs = await MakeMenuAsync(other);
        (await one.CallAsync(HttpMethod.Post, "/v2/bot/richmenu/batch", new { resumeRequestKey = "daily", operations = new[] { new { type = "unlinkAll" } } })).Status.ShouldBe(HttpStatusCode.OK);

        var sent = gateway.Line.Calls.Single(call => call.Bot == one.Bot.ToString() && call.Path == "/v2/bot/richmenu/batch");
        sent.Json["operations"]!.AsArray().Select(operation => ((string)operation!["type"]!, (string)operation["from"]!)).Order().ShouldBe(new[] { ("unlink", first), ("unlink", second) }.Order());
        sent.Body.ShouldNotContain(theirs);
        ((string)sent.Json["resumeRequestKey"]!).ShouldMatch("^[a-zA-Z0-9_-]{1,100}$");
        ((string)sent.Json["resumeRequestKey"]!).ShouldNotBe("daily");

        // Of menus it has none: then it is done, and its progress says so.
        var fresh = await one.Shop.LinkAsync(answersFirst: true);
        using var done = await fresh.RequestAsync(HttpMethod.Post, "/v2/bot/richmenu/batch", System.Net.Http.Json.JsonContent.Create(new { operations = new[] { new { type = "unlinkAll" } } }));
        done.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        gateway.Line.Calls.Count(call => call.Bot == one.Bot.ToString() && call.Path == "/v2/bot/richmenu/batch").ShouldBe(1);
        var id = done.Headers.GetValues("x-line-request-id").Single();
        var (status, progress) = await fresh.CallAsync(HttpMethod.Get, "/v2/bot/richmenu/progress/batch?requestId=" + id);
        (status, (string?)progress!["phase"]).ShouldBe((HttpStatusCode.OK, "succeeded"));
        (await one.CallAsync(HttpMethod.Get, "/v2/bot/richmenu/progress/batch?requestId=" + id)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"operations":[{"type":"unlinkAll"},{"type":"unlinkAll"}]}""")]
    [InlineData("""{"operations":[{"type":"unlink","type":"unlinkAll"}]}""")]
    [InlineData("""{"operations":[{"type":"unlinkA\u006cl"}],"operations":[]}""")]
    [InlineData("""{"operations":[{"\u0074ype":"unlinkAll","type":"unlink"}]}""")]
    public async Task Given_a_batch_for_all_that_two_readers_may_read_in_two_ways_When_it_comes_Then_it_goes_nowhere(string body)
    {
        var (one, _) = await TwoAsync();
        await MakeMenuAsync(one);
        using var answer = await one.RequestAsync(HttpMethod.Post, "/v2/bot/richmenu/batch", new StringContent(body, new MediaTypeHeaderValue("application/json")));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        gateway.Line.Calls.ShouldNotContain(call => call.Bot == one.Bot.ToString() && call.Path == "/v2/bot/richmenu/batch");
    }

    [Fact]
    public async Task Given_the_share_of_a_module_When_it_has_made_that_many_menus_Then_it_makes_no_more_and_the_other_still_may()
    {
        var (one, other) = await TwoAsync(); // 1000 by two modules and the next that comes: 333 each.
        await PutMenusAsync(one, 332);
        await MakeMenuAsync(one);
        var asked = gateway.Line.Calls.Count;
        var (status, body) = await one.CallAsync(HttpMethod.Post, "/v2/bot/richmenu", new { name = "one too many" });
        (status, (string?)body!["message"]).ShouldBe((HttpStatusCode.BadRequest, "The maximum number of rich menus has already been created"));
        gateway.Line.Calls.Count.ShouldBe(asked);
        await MakeMenuAsync(other);

        var gone = await MenuOfAsync(one);
        (await one.CallAsync(HttpMethod.Delete, "/v2/bot/richmenu/" + gone)).Status.ShouldBe(HttpStatusCode.OK);
        await MakeMenuAsync(one);
        (await one.CallAsync(HttpMethod.Get, "/v2/bot/richmenu/" + gone)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_a_menus_picture_When_it_is_put_up_and_fetched_Then_its_bytes_pass_and_a_strangers_do_not()
    {
        var (one, other) = await TwoAsync();
        var menu = await MakeMenuAsync(one);
        var path = $"/v2/bot/richmenu/{menu}/content";
        HttpContent Picture() => new ByteArrayContent("a picture"u8.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        using var refused = await other.RequestAsync(HttpMethod.Post, path, Picture());
        refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var taken = await one.RequestAsync(HttpMethod.Post, path, Picture());
        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Line.Calls.Where(call => call.Path == path).ShouldHaveSingleItem().Body.ShouldBe("a picture");

        using var hidden = await other.RequestAsync(HttpMethod.Get, path);
        hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var fetched = await one.RequestAsync(HttpMethod.Get, path);
        fetched.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_module_on_standby_When_it_links_menus_Then_only_what_its_owner_granted_goes_on()
    {
        var (one, other) = await TwoAsync();
        var shares = await one.Shop.LinkAsync(scopes: [Scopes.AccountManage, Scopes.MessageReceive, Scopes.AccountShare]);
        var (menu, shared) = (await MakeMenuAsync(other), await MakeMenuAsync(shares));
        await one.Shop.WriteAsync("alice", "hello");
        await one.Shop.WriteAsync("bob", "hello");
        await gateway.RouteAsync();
        string Seen(LinkedDouble module, string name) => Shop.Seen(gateway, module, one.Shop.User(name));

        (await other.CallAsync(HttpMethod.Post, "/v2/bot/user/all/richmenu/" + menu)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await shares.CallAsync(HttpMethod.Post, "/v2/bot/user/all/richmenu/" + shared)).Status.ShouldBe(HttpStatusCode.OK);
        (await shares.CallAsync(HttpMethod.Post, $"/v2/bot/user/{Seen(shares, "alice")}/richmenu/{shared}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await other.CallAsync(HttpMethod.Post, $"/v2/bot/user/{Seen(other, "alice")}/richmenu/{menu}")).Status.ShouldBe(HttpStatusCode.Forbidden);

        (await other.AcquireAsync(Seen(other, "alice"))).Status.ShouldBe(HttpStatusCode.OK);
        (await other.CallAsync(HttpMethod.Post, $"/v2/bot/user/{Seen(other, "alice")}/richmenu/{menu}")).Status.ShouldBe(HttpStatusCode.OK);
        var (status, body) = await other.CallAsync(HttpMethod.Post, "/v2/bot/richmenu/bulk/link", new { richMenuId = menu, userIds = new[] { Seen(other, "alice"), Seen(other, "bob") } });
        status.ShouldBe(HttpStatusCode.Forbidden);
        ((string?)body!["details"]![0]!["property"]).ShouldBe("userIds[1]");
        gateway.Line.Calls.ShouldNotContain(call => call.Bot == one.Bot.ToString() && call.Path == "/v2/bot/richmenu/bulk/link");
    }

    [Theory]
    [InlineData("\"two words\"")]
    [InlineData("\"\"")]
    [InlineData("5")]
    public async Task Given_a_key_for_resuming_that_LINE_would_not_take_When_a_batch_is_asked_for_Then_400_names_it_and_nothing_is_done(string key)
    {
        var (one, _) = await TwoAsync();
        using var answer = await one.RequestAsync(HttpMethod.Post, "/v2/bot/richmenu/batch", new StringContent($$"""{"operations":[{"type":"unlinkAll"}],"resumeRequestKey":{{key}}}""", null, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"property\":\"resumeRequestKey\"");
    }

    private async Task<(LinkedDouble One, LinkedDouble Other)> TwoAsync()
    {
        var shop = await gateway.NewShopAsync();
        return (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
    }

    private static object Switching(string alias) => new
    {
        name = "m", chatBarText = "m", areas = new[] { new { bounds = new { x = 0 }, action = new { type = "richmenuswitch", richMenuAliasId = alias, data = "to-b" } } },
    };

    private async Task<string> MakeMenuAsync(LinkedDouble module, object? menu = null)
    {
        var id = $"richmenu-{Guid.NewGuid():N}";
        gateway.Line.Answer = call => call is { Method: "POST", Path: "/v2/bot/richmenu" } ? (200, $$"""{"richMenuId":"{{id}}"}""") : null;
        var (status, body) = await module.CallAsync(HttpMethod.Post, "/v2/bot/richmenu", menu ?? new { name = "m" });
        gateway.Line.Answer = _ => null;
        (status, (string?)body!["richMenuId"]).ShouldBe((HttpStatusCode.OK, id));
        return id;
    }

    private Task<bool> PutMenusAsync(LinkedDouble module, int count) => gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx =>
    {
        for (var i = 0; i < count; i++)
            tx.Things.Put(new ThingRow(new ThingKey(ChannelId.Parse(GatewayHost.ModuleChannelId, null), module.Bot, ThingKind.RichMenu, $"richmenu-{i:x32}"), module.Linkage, tx.Now));
        return true;
    });

    private async Task<string> MenuOfAsync(LinkedDouble module) => (await gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(
        tx => tx.Things.Of(module.Linkage, ChannelId.Parse(GatewayHost.ModuleChannelId, null), ThingKind.RichMenu, DateTimeOffset.UnixEpoch, 1)))[0].Key.Id;
}
