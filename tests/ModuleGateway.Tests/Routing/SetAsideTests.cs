using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Journal;
using ModuleGateway.Store;

namespace ModuleGateway.Tests.Routing;

public sealed class SetAsideTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_an_event_that_cannot_be_routed_When_others_wait_behind_it_Then_it_is_set_aside_and_they_go_on()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var store = gateway.Services.GetRequiredService<IGatewayStore>();
        var broken = new NewEvent(Line.ChannelId.Parse(GatewayHost.ModuleChannelId, null), shop.Bot, null, "message", Guid.NewGuid(), gateway.Clock.GetUtcNow(), [1, 2, 3]);
        await store.WriteAsync(tx => tx.Events.Append(broken));

        await shop.WriteAsync("alice", "behind it");
        ((string?)(await module.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("behind it");
        var listed = (await gateway.ManageAsync("/management/unroutable"))["events"]!.AsArray().Where(one => (string?)one!["botId"] == shop.Bot.ToString()).ShouldHaveSingleItem();
        ((string?)listed!["reason"]).ShouldBe("setAside");
    }

    /// <summary>Accounts take turns, and with them their faults: none comes twice in a row.</summary>
    [Fact]
    public async Task Given_events_of_several_accounts_that_cannot_be_routed_When_their_faults_take_turns_Then_each_is_set_aside()
    {
        Line.BotId[] bots = [(await gateway.NewShopAsync()).Bot, (await gateway.NewShopAsync()).Bot, (await gateway.NewShopAsync()).Bot];
        await gateway.RouteAsync();
        var store = gateway.Services.GetRequiredService<IGatewayStore>();
        var places = await store.WriteAsync(tx => bots.Select(bot => tx.Events.Append(
            new NewEvent(Line.ChannelId.Parse(GatewayHost.ModuleChannelId, null), bot, null, "message", Guid.NewGuid(), gateway.Clock.GetUtcNow(), [1, 2, 3]))).ToList());
        foreach (var place in places)
            await gateway.Log.SaidAsync($"Event {place} could not be routed and was set aside");
        (await store.ReadAsync(tx => places.ConvertAll(place => tx.Events.Find(place)!.State))).ShouldAllBe(state => state == EventState.SetAside);
    }
}
