using System.Net;
using System.Text.Json.Nodes;
using Line;
using Tenancy;

namespace ModuleGateway.Tests.Attaching;

/// <summary>A module detaches itself: its linkage is over until the owner attaches it anew, whatever else the registry says of it meanwhile.</summary>
public sealed class OwnDetachTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_a_module_that_detached_itself_When_its_registry_row_changes_otherwise_Then_it_stays_detached_and_hears_nothing_more()
    {
        var (shop, module) = await DetachedAsync(LinkageState.On);
        await shop.SetStateAsync(module, LinkageState.Suspended);
        await shop.SetStateAsync(module, LinkageState.On);
        await shop.SetStateAsync(module, LinkageState.Paused);
        await gateway.WithRegistryAsync(db => db.Linkages.Single(row => row.Id == module.Linkage).Scopes = [Scopes.MessageReceive, Scopes.MessageSend]);
        await shop.SetStateAsync(module, LinkageState.On);
        await StaysDetachedAsync(shop, module);
    }

    [Fact]
    public async Task Given_a_module_that_detached_itself_in_set_up_When_the_owner_turns_it_on_Then_it_stays_detached()
    {
        var (shop, module) = await DetachedAsync(LinkageState.InSetUp);
        await shop.SetStateAsync(module, LinkageState.On);
        await StaysDetachedAsync(shop, module);
    }

    [Theory]
    [InlineData("""{"botId":"\ud800"}""")]
    [InlineData("""{"botId":["U0"]}""")]
    [InlineData("""["botId"]""")]
    [InlineData("botId")]
    public async Task Given_a_body_that_names_no_bot_When_a_module_detaches_Then_400_in_LINEs_shape(string body)
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync();
        using var answer = await module.RequestAsync(HttpMethod.Post, "/v2/bot/channel/detach", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["message"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData(true, LinkageState.InSetUp)]
    [InlineData(true, LinkageState.On)]
    [InlineData(false, LinkageState.InSetUp)]
    public async Task Given_a_module_that_detached_itself_When_the_owner_attaches_it_anew_Then_it_is_attached(bool removesFirst, LinkageState state)
    {
        var (shop, module) = await DetachedAsync(LinkageState.On);
        if (removesFirst)
            await shop.SetStateAsync(module, LinkageState.Ended);
        await shop.SetStateAsync(module, state);
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.OK);
        await gateway.AdvanceAsync(TimeSpan.Zero);
        Heard(module).ShouldBe(["attached", "detached", "attached"]);
        await shop.SetStateAsync(module, LinkageState.Paused);
        await shop.SetStateAsync(module, LinkageState.On);
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.OK, "from then on its row is followed as any other");
    }

    [Fact]
    public async Task Given_a_module_that_detached_itself_When_the_gateway_starts_again_Then_it_is_still_detached_and_the_portal_is_told()
    {
        await using var own = new OwnGateway();
        var (shop, module) = await DetachedAsync(LinkageState.On, await own.StartAsync());
        await own.Host.StopAsync();
        await own.Host.StartAsync();
        await shop.SetStateAsync(module, LinkageState.Paused);
        await shop.SetStateAsync(module, LinkageState.On);
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.Forbidden);
        ((string?)(await own.Host.ManageAsync($"/management/accounts/{shop.Bot}"))["linkages"]![0]!["state"]).ShouldBe("ended");
    }

    [Fact]
    public async Task Given_an_account_that_LINE_has_detached_When_a_module_detaches_Then_400_in_LINEs_words_and_it_is_there_again_after_the_next_attach()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.PostAsync(new JsonObject { ["type"] = "module", ["module"] = new JsonObject { ["type"] = "detached", ["botId"] = shop.Bot.ToString() }, ["mode"] = "active" });
        await gateway.RouteAsync();
        var (status, body) = await DetachAsync(shop, module);
        (status, (string?)body!["message"]).ShouldBe((HttpStatusCode.BadRequest, "Specified channel is not detachable"));
        await gateway.AdvanceAsync(TimeSpan.FromSeconds(1));
        await shop.AttachAsync();
        await gateway.RouteAsync();
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<(HttpStatusCode Status, JsonNode? Body)> DetachAsync(Shop shop, LinkedDouble module) =>
        module.CallAsync(HttpMethod.Post, "/v2/bot/channel/detach", new { botId = shop.Bot.ToString() });

    private static List<string?> Heard(LinkedDouble module) => [.. module.Module.All.SelectMany(got => got.Events).Select(one => (string?)one["module"]?["type"]).Where(type => type is not null)];

    private async Task<(Shop Shop, LinkedDouble Module)> DetachedAsync(LinkageState state, GatewayHost? at = null)
    {
        var shop = await (at ?? gateway).NewShopAsync();
        await (at ?? gateway).RouteAsync();
        var module = await shop.LinkAsync(state: state);
        await module.Module.NextAsync("module"); // What a module is still owed when it detaches is cancelled.
        (await DetachAsync(shop, module)).Status.ShouldBe(HttpStatusCode.OK);
        return (shop, module);
    }

    private async Task StaysDetachedAsync(Shop shop, LinkedDouble module)
    {
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var (status, body) = await DetachAsync(shop, module);
        (status, (string?)body!["message"]).ShouldBe((HttpStatusCode.BadRequest, "Specified channel is not detachable"));
        await gateway.AdvanceAsync(TimeSpan.Zero);
        Heard(module).Last().ShouldBe("detached");
        Heard(module).Count(type => type == "detached").ShouldBe(1);
    }

    /// <summary>A gateway that one test may stop.</summary>
    private sealed class OwnGateway : IAsyncDisposable
    {
        public GatewayHost Host { get; } = new();

        public async Task<GatewayHost> StartAsync()
        {
            await Host.InitializeAsync();
            return Host;
        }

        public async ValueTask DisposeAsync() => await Host.DisposeAsync();
    }
}
