using System.Net;

namespace ModuleGateway.Tests.Attaching;

/// <summary>Control on an account's own channel: there is nothing to call at LINE.</summary>
public sealed class OwnChannelControlTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_LINEs_side_on_standby_When_a_module_acquires_Then_404_and_LINE_is_not_asked()
    {
        var (shop, module, alice) = await ChatAsync();
        await shop.WriteAsync("alice", "a person is typing here", mode: "standby");
        ((string?)(await module.Module.NextAsync("message"))["mode"]).ShouldBe("standby");
        (await module.AcquireAsync(alice)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await module.PushAsync(alice, "may I?")).Status.ShouldBe(HttpStatusCode.Forbidden);

        await shop.WriteAsync("alice", "over to you");
        ((string?)(await module.Module.NextAsync("message"))["mode"]).ShouldBe("active");
        (await module.AcquireAsync(alice)).Status.ShouldBe(HttpStatusCode.OK);
        NothingWasAsked(shop);
    }

    [Fact]
    public async Task Given_the_default_active_module_When_it_releases_Then_the_chat_is_LINEs_own_and_taken_again_here_alone()
    {
        var (shop, module, alice) = await ChatAsync();
        (await module.ReleaseAsync(alice)).Status.ShouldBe(HttpStatusCode.OK);
        await module.Module.NextAsync("deactivated");
        (await module.PushAsync(alice, "hello")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var open = (await gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["openChats"]!.AsArray().Single()!;
        ((bool?)open["isPrimary"]).ShouldBe(true);

        (await module.AcquireAsync(alice)).Status.ShouldBe(HttpStatusCode.OK);
        (await module.PushAsync(alice, "hello again")).Status.ShouldBe(HttpStatusCode.OK);
        await gateway.AdvanceAsync(TimeSpan.FromSeconds(1)); // Errands run every quarter of a second: had there been one, it would be due.
        NothingWasAsked(shop);
    }

    [Fact]
    public async Task Given_no_default_active_module_When_a_customer_writes_Then_no_chat_is_released_at_LINE()
    {
        var (shop, module, _) = await ChatAsync();
        await shop.AnswersFirstAsync(null);
        await shop.WriteAsync("bob", "hello");
        await module.Module.NextAsync("message");
        var known = await gateway.NewShopAsync();
        var listener = await known.LinkAsync();
        await known.WriteAsync("carol", "hello");
        await listener.Module.NextAsync("message");
        await gateway.Line.CalledAsync(call => call.Bot == known.Bot.ToString() && call.Path.EndsWith("/control/release", StringComparison.Ordinal)); // Written later, so the other's would have been here.
        NothingWasAsked(shop);
    }

    [Fact]
    public async Task Given_a_chat_that_LINE_itself_keeps_When_the_owner_takes_it_back_Then_nothing_is_done_and_it_stays_counted()
    {
        var (shop, module, _) = await ChatAsync();
        await shop.WriteAsync("alice", "a person is typing here", mode: "standby");
        await module.Module.NextAsync("message");
        var open = (await gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["openChats"]!.AsArray().Single()!;

        ((int?)(await gateway.ManageAsync(HttpMethod.Post, $"/management/accounts/{shop.Bot}/give-back", new { chat = (string?)open["handle"] }))!["given"]).ShouldBe(0);
        ((int?)(await gateway.ManageAsync(HttpMethod.Post, $"/management/accounts/{shop.Bot}/give-back", new { }))!["given"]).ShouldBe(0);

        ((int?)(await gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["openByHolder"]!.AsArray().Single()!["chats"]).ShouldBe(1);
        NothingWasAsked(shop);
    }

    [Fact]
    public async Task Given_a_linkage_in_set_up_When_the_owner_tries_it_and_stops_Then_it_is_active_in_that_chat_until_then_and_LINE_is_not_asked()
    {
        var (shop, _, _) = await ChatAsync();
        var tried = await shop.LinkAsync(state: Tenancy.LinkageState.InSetUp);
        var code = (string)(await gateway.ManageAsync(HttpMethod.Post, $"/management/linkages/{tried.Linkage}/test-code"))!["code"]!["text"]!;
        await shop.WriteAsync("alice", code);
        var message = await tried.Module.NextAsync("message");
        ((string?)message["mode"]).ShouldBe("active");
        await gateway.ManageAsync(HttpMethod.Delete, $"/management/linkages/{tried.Linkage}/test-chats");
        (await tried.PushAsync((string)message["source"]!["userId"]!, "over")).Status.ShouldBe(HttpStatusCode.Forbidden);
        NothingWasAsked(shop);
    }

    private void NothingWasAsked(Shop shop) => gateway.Line.Calls.ShouldAllBe(call => call.OwnChannel != shop.OwnChannel!.Id || !call.Path.Contains("/control/"));

    private async Task<(Shop Shop, LinkedDouble Module, string Alice)> ChatAsync()
    {
        var shop = await gateway.NewOwnChannelShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        return (shop, module, (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!);
    }
}
