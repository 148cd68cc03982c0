using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Store;

namespace ModuleGateway.Tests.Control;

public sealed class WhoIsThereTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_a_customer_who_follows_blocks_and_writes_again_When_the_events_are_routed_Then_the_set_says_where_they_stand()
    {
        var shop = await gateway.NewShopAsync();
        var alice = shop.User("alice");
        await shop.WriteAsync("alice", "hello");
        (await PresenceAsync(shop, alice)).ShouldBe(Presence.Met);
        await shop.PostAsync(Event("follow", "userId", alice));
        (await PresenceAsync(shop, alice)).ShouldBe(Presence.Friend);
        await shop.WriteAsync("alice", "still a friend");
        (await PresenceAsync(shop, alice)).ShouldBe(Presence.Friend);
        await shop.PostAsync(Event("unfollow", "userId", alice));
        (await PresenceAsync(shop, alice)).ShouldBe(Presence.Blocked);
        await shop.WriteAsync("alice", "I am back");
        (await PresenceAsync(shop, alice)).ShouldBe(Presence.Met);
    }

    [Fact]
    public async Task Given_a_group_that_the_account_joins_and_leaves_When_the_events_are_routed_Then_it_can_be_taken_only_while_the_account_is_in_it()
    {
        var shop = await gateway.NewShopAsync();
        await shop.LinkAsync(answersFirst: true);
        var desk = await shop.LinkAsync();
        var group = shop.Room("us");
        await shop.PostAsync(Event("join", "groupId", group));
        (await PresenceAsync(shop, group)).ShouldBe(Presence.Joined);
        (await desk.AcquireAsync(Shop.Seen(gateway, desk, group))).Status.ShouldBe(HttpStatusCode.OK);
        await shop.PostAsync(Event("leave", "groupId", group));
        (await PresenceAsync(shop, group)).ShouldBe(Presence.Left);
        (await desk.AcquireAsync(Shop.Seen(gateway, desk, group))).Status.ShouldBe(HttpStatusCode.NotFound);
        await shop.PostAsync(Event("join", "groupId", group));
        await gateway.RouteAsync();
        (await desk.AcquireAsync(Shop.Seen(gateway, desk, group))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_members_who_come_and_go_When_the_events_are_routed_Then_the_set_says_so_of_all_but_friends()
    {
        var shop = await gateway.NewShopAsync();
        var (group, alice, bob) = (shop.Room("us"), shop.User("alice"), shop.User("bob"));
        await shop.PostAsync(Event("follow", "userId", bob));
        await shop.PostAsync(Members("memberJoined", "joined", group, alice, bob));
        (await PresenceAsync(shop, alice)).ShouldBe(Presence.Joined);
        await shop.PostAsync(Members("memberLeft", "left", group, alice, bob));
        (await PresenceAsync(shop, alice)).ShouldBe(Presence.Left);
        (await PresenceAsync(shop, bob)).ShouldBe(Presence.Friend);
    }

    [Fact]
    public async Task Given_a_friend_whom_LINE_shows_no_more_When_a_module_asks_for_the_profile_Then_the_chat_cannot_be_taken_until_LINE_shows_them_again()
    {
        var shop = await gateway.NewShopAsync();
        await shop.LinkAsync(answersFirst: true);
        var desk = await shop.LinkAsync();
        var alice = shop.User("alice");
        var seen = Shop.Seen(gateway, desk, alice);
        await shop.PostAsync(Event("follow", "userId", alice));
        await gateway.RouteAsync();

        gateway.Line.Answer = call => call.Path.EndsWith(alice, StringComparison.Ordinal) ? (404, """{"message":"Not found"}""") : null;
        (await desk.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{seen}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await desk.AcquireAsync(seen)).Status.ShouldBe(HttpStatusCode.NotFound);
        gateway.Line.Answer = _ => null;
        (await desk.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{seen}")).Status.ShouldBe(HttpStatusCode.OK);
        (await desk.AcquireAsync(seen)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_follow_while_LINE_answers_that_there_is_no_profile_When_the_answer_comes_Then_the_events_word_stays()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var alice = shop.User("alice");
        await shop.WriteAsync("alice", "hello");
        await gateway.RouteAsync();
        gateway.Line.Answer = call => call.Path.EndsWith(alice, StringComparison.Ordinal) ? (404, "{}") : null;
        gateway.Line.AnswerLater = async call =>
        {
            if (!call.Path.EndsWith(alice, StringComparison.Ordinal))
                return;
            await shop.PostAsync(Event("follow", "userId", alice));
            await gateway.RouteAsync();
        };
        (await module.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{Shop.Seen(gateway, module, alice)}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await PresenceAsync(shop, alice)).ShouldBe(Presence.Friend);
    }

    private static JsonObject Event(string type, string name, string id) => new()
    {
        ["type"] = type, ["mode"] = "active", ["source"] = new JsonObject { ["type"] = name[..^2], [name] = id },
    };

    private static JsonObject Members(string type, string list, string group, params string[] users)
    {
        var @event = Event(type, "groupId", group);
        @event[list] = new JsonObject { ["members"] = new JsonArray([.. users.Select(user => (JsonNode)new JsonObject { ["type"] = "user", ["userId"] = user })]) };
        return @event;
    }

    private async Task<Presence?> PresenceAsync(Shop shop, string lineId)
    {
        await gateway.RouteAsync();
        UpstreamId.LooksLikeId(Encoding.ASCII.GetBytes(lineId), out var kind);
        var id = UpstreamId.Read(kind, Encoding.ASCII.GetBytes(lineId), shop.Bot);
        return await gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Control.Known(shop.Bot, kind, id.Bits)?.Presence);
    }
}
