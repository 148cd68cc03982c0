using System.Net;
using System.Text.Json.Nodes;

namespace ModuleGateway.Tests.Attaching;

public sealed class LateWordTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_an_attached_account_When_a_detached_from_before_the_attach_comes_late_Then_the_account_stays_attached_and_a_later_one_counts()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.PostAsync(Detached(shop, gateway.Clock.GetUtcNow() - TimeSpan.FromMinutes(5)));
        await gateway.RouteAsync();
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.OK);

        await shop.PostAsync(Detached(shop, gateway.Clock.GetUtcNow()));
        await gateway.RouteAsync();
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static JsonObject Detached(Shop shop, DateTimeOffset at) => new()
    {
        ["type"] = "module",
        ["module"] = new JsonObject { ["type"] = "detached", ["botId"] = shop.Bot.ToString() },
        ["mode"] = "active",
        ["timestamp"] = at.ToUnixTimeMilliseconds(),
    };
}
