using System.Net;
using Line;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Owned;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Owned;

/// <summary>What a linkage leaves at LINE when it ends.</summary>
public sealed class LeavingTests(GatewayHost gateway) : IClassFixture<GatewayHost>, IDisposable
{
    public void Dispose()
    {
        gateway.Line.Answer = _ => null;
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Given_a_module_that_is_removed_or_leaves_When_an_hour_has_passed_Then_its_aliases_and_menus_are_deleted_at_LINE_and_nobody_elses(bool byOwner)
    {
        var (one, other) = await TwoAsync();
        if (byOwner)
            await one.Shop.SetStateAsync(one, LinkageState.Ended);
        else
            (await one.CallAsync(HttpMethod.Post, "/v2/bot/channel/detach", new { botId = one.Bot.ToString() })).Status.ShouldBe(HttpStatusCode.OK);
        await LookAsync(TimeSpan.FromMinutes(59));
        Deleted(one.Shop).ShouldBeEmpty();

        await LookAsync(TimeSpan.FromMinutes(2));
        await LookAsync(TimeSpan.FromMinutes(1));
        await LookAsync(TimeSpan.FromMinutes(1));
        Deleted(one.Shop).ShouldBe(["/v2/bot/richmenu/alias/switch", "/v2/bot/richmenu/" + MenuOf(one)]);
        (await HasAsync(one, MenuOf(one)), await HasAsync(other, MenuOf(other))).ShouldBe((false, true));
    }

    [Fact]
    public async Task Given_a_module_that_is_taken_back_within_the_hour_When_it_has_passed_Then_its_menus_are_still_there()
    {
        var (one, _) = await TwoAsync();
        await one.Shop.SetStateAsync(one, LinkageState.Ended);
        await LookAsync(TimeSpan.FromMinutes(30));
        await one.Shop.SetStateAsync(one, LinkageState.On);
        await LookAsync(TimeSpan.FromHours(2));
        Deleted(one.Shop).ShouldBeEmpty();
        (await HasAsync(one, MenuOf(one))).ShouldBeTrue();
    }

    [Fact]
    public async Task Given_LINE_that_does_not_delete_now_When_ten_minutes_have_passed_Then_it_is_asked_again()
    {
        var (one, _) = await TwoAsync();
        await one.Shop.SetStateAsync(one, LinkageState.Ended);
        gateway.Line.Answer = call => call.Method == "DELETE" ? (429, """{"message":"The API rate limit has been exceeded. Try again later."}""") : null;
        await LookAsync(TimeSpan.FromMinutes(61));
        await LookAsync(TimeSpan.FromMinutes(1));
        (await HasAsync(one, MenuOf(one))).ShouldBeTrue();

        gateway.Line.Answer = _ => null;
        for (var i = 0; i < 2; i++) // The worker's own refused call may be written down only now: then its ten minutes begin now.
        {
            await LookAsync(TimeSpan.FromMinutes(11));
            await LookAsync(TimeSpan.FromMinutes(1));
        }

        (await HasAsync(one, MenuOf(one))).ShouldBeFalse();
    }

    private IEnumerable<string> Deleted(Shop shop) => gateway.Line.Calls.Where(call => call.Method == "DELETE" && call.Bot == shop.Bot.ToString()).Select(call => call.Path).Distinct();

    private static string MenuOf(LinkedDouble module) => $"richmenu-{module.Linkage.Value:N}";

    /// <summary>Looks once by itself; the worker may have looked too, and LINE deletes once.</summary>
    private async Task LookAsync(TimeSpan later)
    {
        await gateway.AdvanceAsync(later);
        await gateway.Services.GetRequiredService<LeavingThings>().TakeAwayDueAsync(CancellationToken.None);
    }

    private Task<bool> HasAsync(LinkedDouble module, string menu) => gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Things.Find(KeyOf(module, ThingKind.RichMenu, menu)) is not null);

    private static ThingKey KeyOf(LinkedDouble module, ThingKind kind, string id) => new(ChannelId.Parse(GatewayHost.ModuleChannelId, null), module.Bot, kind, id);

    private async Task<(LinkedDouble One, LinkedDouble Other)> TwoAsync()
    {
        var shop = await gateway.NewShopAsync();
        var (one, other) = (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
        await gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx =>
        {
            foreach (var module in new[] { one, other })
                tx.Things.Put(new ThingRow(KeyOf(module, ThingKind.RichMenu, MenuOf(module)), module.Linkage, tx.Now));
            tx.Things.Put(new ThingRow(KeyOf(one, ThingKind.RichMenuAlias, "switch"), one.Linkage, tx.Now));
            return true;
        });
        return (one, other);
    }
}
