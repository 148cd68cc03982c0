using System.Net;
using System.Text.Json.Nodes;
using ModuleGateway.Control;
using Tenancy;

namespace ModuleGateway.Tests.Control;

/// <summary>Chats that do not simply follow who answers first: counted by holder, shown without a name, given back by the owner.</summary>
public sealed class OpenChatTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_chats_of_two_holders_When_the_account_is_asked_for_Then_they_are_counted_by_holder_with_those_that_end_within_the_hour()
    {
        var (shop, first, second) = await TwoModulesAsync();
        await HoldAsync(shop, second, "alice", ttl: 1800);
        await HoldAsync(shop, second, "bob", ttl: 7200);
        await HoldAsync(shop, second, "carol", ttl: null);
        await GiveToLineAsync(shop, first, "dan");
        await shop.WriteAsync("eve", "nobody holds this one");
        await gateway.RouteAsync();

        var counts = (await ShownAsync(shop))["openByHolder"]!.AsArray();
        counts.Select(Count).ShouldBe([(second.Linkage.Value, 3, 1), (null, 1, 0)]);
        await gateway.AdvanceAsync(TimeSpan.FromMinutes(31));
        (await ShownAsync(shop))["openByHolder"]!.AsArray().Select(Count).ShouldBe([(second.Linkage.Value, 2, 0), (null, 1, 0)]);
    }

    [Fact]
    public async Task Given_open_chats_When_they_are_listed_Then_newest_first_with_times_and_without_anything_that_names_a_customer()
    {
        var (shop, _, second) = await TwoModulesAsync();
        var alice = await HoldAsync(shop, second, "alice", ttl: 1800);
        await gateway.AdvanceAsync(TimeSpan.FromSeconds(5));
        await HoldAsync(shop, second, "bob", ttl: null);
        await gateway.AdvanceAsync(TimeSpan.FromSeconds(5));
        (await second.AcquireAsync(alice, new { expired = true, ttl = 3600 })).Status.ShouldBe(HttpStatusCode.OK);

        var shown = await ShownAsync(shop);
        var chats = shown["openChats"]!.AsArray();
        chats.Select(chat => chat!["expiresAt"] is null).ShouldBe([true, false], "a renewal takes nothing anew");
        chats.ShouldAllBe(chat => (string)chat!["kind"]! == "user" && chat["since"] != null);
        shown.ToJsonString().ShouldNotContain(alice);
        shown.ToJsonString().ShouldNotContain(shop.User("alice")[2..34]);
    }

    [Fact]
    public async Task Given_a_held_chat_When_the_owner_gives_it_back_Then_who_answers_first_has_it_and_both_are_told()
    {
        var (shop, first, second) = await TwoModulesAsync();
        var alice = await HoldAsync(shop, second, "alice", ttl: null);
        await second.Module.NextAsync("activated");
        await first.Module.NextAsync("deactivated");

        (await GiveBackAsync(shop, new { chat = await HandleAsync(shop) })).ShouldBe(1);

        await second.Module.NextAsync("deactivated");
        await first.Module.NextAsync("activated");
        (await second.PushAsync(alice, "still mine?")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await ShownAsync(shop))["openByHolder"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_chat_that_changed_since_it_was_shown_When_it_is_given_back_Then_nothing_happens()
    {
        var (shop, first, second) = await TwoModulesAsync();
        var third = await shop.LinkAsync();
        await HoldAsync(shop, second, "alice", ttl: null);
        var handle = await HandleAsync(shop);
        await gateway.AdvanceAsync(TimeSpan.FromSeconds(3.1));
        await HoldAsync(shop, third, "alice", ttl: null);

        (await GiveBackAsync(shop, new { chat = handle })).ShouldBe(0);
        (await GiveBackAsync(shop, new { chat = "no handle at all" })).ShouldBe(0);
        var (other, _, _) = await TwoModulesAsync();
        (await GiveBackAsync(other, new { chat = await HandleAsync(shop) })).ShouldBe(0, "another account's");
        (await ShownAsync(shop))["openByHolder"]!.AsArray().Select(Count).ShouldBe([(third.Linkage.Value, 1, 0)]);
    }

    [Fact]
    public async Task Given_many_chats_of_one_module_When_the_owner_takes_all_back_Then_those_of_others_stay()
    {
        var (shop, _, second) = await TwoModulesAsync();
        var third = await shop.LinkAsync();
        await HoldAsync(shop, second, "alice", ttl: null);
        await HoldAsync(shop, second, "bob", ttl: 60);
        await HoldAsync(shop, third, "carol", ttl: null);

        (await GiveBackAsync(shop, new { withLinkageId = second.Linkage.Value })).ShouldBe(2);

        (await ShownAsync(shop))["openByHolder"]!.AsArray().Select(Count).ShouldBe([(third.Linkage.Value, 1, 0)]);
    }

    [Fact]
    public async Task Given_chats_of_LINEs_own_channel_When_the_owner_takes_them_back_Then_they_are_acquired_at_LINE_for_who_answers_first()
    {
        var (shop, first, _) = await TwoModulesAsync();
        await GiveToLineAsync(shop, first, "alice");
        await gateway.Line.CalledAsync(call => call.Path == $"/v2/bot/chat/{shop.User("alice")}/control/release");
        await shop.WriteAsync("bob", "LINE's staff has me", mode: "standby");
        await gateway.RouteAsync();
        (await ShownAsync(shop))["openByHolder"]!.AsArray().Select(Count).ShouldBe([(null, 2, 0)]);

        (await GiveBackAsync(shop, new { })).ShouldBe(2);

        await gateway.Line.CalledAsync(call => call.Path == $"/v2/bot/chat/{shop.User("bob")}/control/acquire");
        await first.Module.NextAsync("activated");
        (await ShownAsync(shop))["openByHolder"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_more_chats_of_LINEs_own_channel_than_go_at_once_When_nobody_answers_first_Then_taking_them_back_ends_and_changes_nothing()
    {
        var shop = await gateway.NewShopAsync();
        var second = await shop.LinkAsync();
        foreach (var part in Enumerable.Range(0, 210).Chunk(70))
            await shop.PostAsync([.. part.Select(i => shop.Message($"customer {i}", "hello", mode: "standby"))]);
        await gateway.RouteAsync();

        (await GiveBackAsync(shop, new { })).ShouldBe(0);

        (await ShownAsync(shop))["openByHolder"]!.AsArray().Select(Count).ShouldBe([(null, 210, 0)]);
        await shop.AnswersFirstAsync(second);
        (await GiveBackAsync(shop, new { })).ShouldBe(210);
        (await ShownAsync(shop))["openByHolder"]!.AsArray().ShouldBeEmpty();
    }

    private static (Guid?, int, int) Count(JsonNode? count) => ((Guid?)count!["holderLinkageId"], (int)count["chats"]!, (int)count["endingSoon"]!);

    private Task<JsonNode> ShownAsync(Shop shop) => gateway.ManageAsync($"/management/accounts/{shop.Bot}");

    private async Task<string> HandleAsync(Shop shop) => (string)(await ShownAsync(shop))["openChats"]!.AsArray().ShouldHaveSingleItem()!["handle"]!;

    private async Task<int> GiveBackAsync(Shop shop, object body) => (int)(await gateway.ManageAsync(HttpMethod.Post, $"/management/accounts/{shop.Bot}/give-back", body))!["given"]!;

    private async Task<(Shop Shop, LinkedDouble First, LinkedDouble Second)> TwoModulesAsync()
    {
        var shop = await gateway.NewShopAsync();
        return (shop, await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
    }

    /// <summary>The customer writes, the module takes the chat.</summary>
    /// <returns>The customer's id as the module sees it.</returns>
    private static async Task<string> HoldAsync(Shop shop, LinkedDouble module, string customer, int? ttl)
    {
        await shop.WriteAsync(customer, $"I am {customer}");
        var id = await IdAsync(module, customer);
        (await module.AcquireAsync(id, ttl is { } seconds ? new { expired = true, ttl = seconds } : new { expired = false })).Status.ShouldBe(HttpStatusCode.OK);
        return id;
    }

    private static async Task GiveToLineAsync(Shop shop, LinkedDouble first, string customer)
    {
        await shop.WriteAsync(customer, $"I am {customer}");
        (await first.ReleaseAsync(await IdAsync(first, customer))).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<string> IdAsync(LinkedDouble module, string customer)
    {
        while (true)
        {
            var message = await module.Module.NextAsync("message");
            if ((string)message["message"]!["text"]! == $"I am {customer}")
                return (string)message["source"]!["userId"]!;
        }
    }
}
