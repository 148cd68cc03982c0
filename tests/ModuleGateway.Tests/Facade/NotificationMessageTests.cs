using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tenancy;

namespace ModuleGateway.Tests.Facade;

/// <summary>LINE notification messages by template: whoever sent one hears of its delivery, by its own tag, and nobody else does.</summary>
public sealed class NotificationMessageTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Path = "/v2/bot/message/pnp/templated/push";
    private const string Number = "d41e0ad70dddfeb68f149ad6fc61574b9c5780ab7bcb2fba5517771ffbb2409c";
    private static readonly string[] Scoped = [Scopes.MessageReceive, Scopes.MessageTemplatedPnp];

    [Theory]
    [InlineData("the-partners-own-tag-\"1\"")]
    [InlineData(null)]
    public async Task Given_two_modules_that_send_with_the_same_tag_When_LINE_delivers_Then_each_hears_of_its_own_by_that_tag_or_by_the_number(string? tag)
    {
        var (shop, one, other) = await ShopAsync();
        foreach (var module in new[] { one, other })
        {
            using var answer = await SendAsync(module, tag);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var calls = gateway.Line.Calls.Where(call => call.Path == Path && call.Bot == shop.Bot.ToString()).ToList();
        calls.Count.ShouldBe(2);
        calls.ShouldAllBe(call => call.DeliveryTag != null && call.DeliveryTag != tag && call.DeliveryTag.Length >= 16 && (string?)call.Json["to"] == Number);
        calls[0].DeliveryTag.ShouldNotBe(calls[1].DeliveryTag);

        await DeliverAsync(shop, calls[1].DeliveryTag!);
        var heard = await other.Module.NextAsync("delivery");
        ((string?)heard["delivery"]!["data"]).ShouldBe(tag ?? Number);
        ((string?)heard["mode"]).ShouldBe("active");
        await DeliverAsync(shop, calls[0].DeliveryTag!);
        ((string?)(await one.Module.NextAsync("delivery"))["delivery"]!["data"]).ShouldBe(tag ?? Number);
        await gateway.AdvanceAsync(TimeSpan.Zero); // Whatever else is owed has come.
        foreach (var module in new[] { one, other })
            module.Module.All.SelectMany(got => got.Events).Count(@event => (string?)@event["type"] == "delivery").ShouldBe(1);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("something that LINE's own channel sent")]
    [InlineData("\0")]
    public async Task Given_a_delivery_of_what_no_module_sent_When_it_comes_Then_nobody_hears_of_it(string tag)
    {
        var (shop, one, other) = await ShopAsync();
        await DeliverAsync(shop, tag);
        await gateway.AdvanceAsync(TimeSpan.Zero);
        foreach (var module in new[] { one, other })
            module.Module.All.SelectMany(got => got.Events).ShouldNotContain(@event => (string?)@event["type"] == "delivery");
    }

    [Fact]
    public async Task Given_another_accounts_tag_When_LINE_says_it_of_this_one_Then_nobody_hears_of_it()
    {
        var (shop, one, _) = await ShopAsync();
        var (elsewhere, _, _) = await ShopAsync();
        (await SendAsync(one, null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var tag = (await gateway.Line.CalledAsync(call => call.Path == Path && call.Bot == shop.Bot.ToString())).DeliveryTag!;
        await DeliverAsync(elsewhere, tag);
        await gateway.AdvanceAsync(TimeSpan.Zero);
        one.Module.All.SelectMany(got => got.Events).ShouldNotContain(@event => (string?)@event["type"] == "delivery");
    }

    [Fact]
    public async Task Given_a_tag_that_is_too_short_or_too_long_When_a_message_is_sent_with_it_Then_400_and_LINE_gets_nothing()
    {
        var (shop, one, _) = await ShopAsync();
        foreach (var tag in new[] { new string('a', 15), new string('a', 101) })
            (await SendAsync(one, tag)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        gateway.Line.Calls.ShouldNotContain(call => call.Path == Path && call.Bot == shop.Bot.ToString());
        foreach (var tag in new[] { new string('a', 16), new string('a', 100) })
            (await SendAsync(one, tag)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_linkage_without_the_scope_or_in_set_up_When_it_sends_a_notification_message_Then_403()
    {
        var (shop, one, _) = await ShopAsync();
        (await SendAsync(await shop.LinkAsync(), null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await shop.SetStateAsync(one, LinkageState.InSetUp);
        (await SendAsync(one, null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var withKey = await one.RequestAsync(HttpMethod.Post, Path, JsonContent.Create(new { to = Number }), ("X-Line-Retry-Key", Guid.NewGuid().ToString()));
        withKey.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        gateway.Line.Calls.ShouldNotContain(call => call.Path == Path && call.Bot == shop.Bot.ToString());
    }

    [Fact]
    public async Task Given_LINE_that_knows_no_such_number_When_a_message_is_sent_Then_422_as_it_came()
    {
        var (shop, one, _) = await ShopAsync();
        gateway.Line.Answer = call => call.Path == Path && call.Bot == shop.Bot.ToString() ? (422, """{"message":"Failed to send messages"}""") : null;
        using var answer = await SendAsync(one, null);
        ((int)answer.StatusCode).ShouldBe(422);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"message":"Failed to send messages"}""");
    }

    private static Task<HttpResponseMessage> SendAsync(LinkedDouble module, string? tag) => module.RequestAsync(
        HttpMethod.Post, Path, JsonContent.Create(new { to = Number, templateKey = "reserve_ja" }), tag is null ? [] : [("X-Line-Delivery-Tag", tag)]);

    private static Task DeliverAsync(Shop shop, string data) =>
        shop.PostAsync(new JsonObject { ["type"] = "delivery", ["mode"] = "active", ["delivery"] = new JsonObject { ["data"] = data } });

    private async Task<(Shop Shop, LinkedDouble One, LinkedDouble Other)> ShopAsync()
    {
        var shop = await gateway.NewShopAsync();
        await shop.PostAsync(new JsonObject
        {
            ["type"] = "module", ["mode"] = "active",
            ["module"] = new JsonObject { ["type"] = "attached", ["botId"] = shop.Bot.ToString(), ["scopes"] = new JsonArray(Scopes.MessageReceive, Scopes.MessageSend, Scopes.MessageTemplatedPnp) },
        });
        await gateway.RouteAsync();
        return (shop, await shop.LinkAsync(scopes: Scoped), await shop.LinkAsync(scopes: Scoped));
    }
}
