using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Line;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Journal;
using ModuleGateway.Security;
using ModuleGateway.Store;

namespace ModuleGateway.Tests.Routing;

public sealed class UnsendTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_a_message_that_was_delivered_When_the_customer_takes_it_back_Then_the_module_hears_it_and_nothing_of_it_is_kept()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var (secret, other) = (shop.Message("alice", "my secret"), shop.Message("alice", "something else"));
        await shop.PostAsync(secret);
        await shop.PostAsync(other);
        await module.Module.NextAsync("message");
        await module.Module.NextAsync("message");
        await shop.PostAsync(Unsend(shop, "alice", IdOf(secret)));
        ((string?)(await module.Module.NextAsync("unsend"))["unsend"]!["messageId"]).ShouldBe(IdOf(secret));

        (await StoredAsync(shop, secret)).IsBlank.ShouldBeTrue();
        (await StoredAsync(shop, other)).IsBlank.ShouldBeFalse();
    }

    [Fact]
    public async Task Given_a_message_that_is_still_owed_When_the_customer_takes_it_back_Then_the_module_gets_only_the_word_that_it_was()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var secret = shop.Message("alice", "my secret");
        module.Module.Status = _ => 500;
        await shop.PostAsync(secret);
        await module.Module.NextAsync("message");
        module.Module.Status = _ => 200;
        await shop.PostAsync(Unsend(shop, "alice", IdOf(secret)));
        await gateway.RouteAsync();
        gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        await module.Module.NextAsync("unsend");
        await shop.WriteAsync("alice", "after");
        ((string?)(await module.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("after");
        (await StoredAsync(shop, secret)).IsBlank.ShouldBeTrue();
        var told = (await gateway.ManageAsync($"/management/events/{secret["webhookEventId"]}"))["events"]!.AsArray().Single()!;
        ((bool)told["isBlank"]!).ShouldBeTrue();
        ((string?)told["deliveries"]!.AsArray().Single()!["why"]).ShouldBe("Its message was taken back, or its customer erased, before it could be delivered.");
    }

    [Fact]
    public async Task Given_a_message_that_was_taken_back_When_LINE_sends_it_again_Then_it_is_known_and_stays_gone()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var secret = shop.Message("alice", "my secret");
        await shop.PostAsync((JsonObject)secret.DeepClone());
        await shop.PostAsync(Unsend(shop, "alice", IdOf(secret)));
        await module.Module.NextAsync("unsend");
        var again = (JsonObject)secret.DeepClone();
        again["deliveryContext"]!["isRedelivery"] = true;
        await shop.PostAsync(again);
        await shop.WriteAsync("alice", "after");
        ((string?)(await module.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("after");
        (await StoredAsync(shop, secret)).IsBlank.ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_message_that_its_unsend_has_overtaken_When_it_comes_Then_it_goes_to_nobody_and_is_not_kept()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var secret = shop.Message("alice", "my secret", at: gateway.Clock.GetUtcNow() - TimeSpan.FromSeconds(30));
        await shop.PostAsync(Unsend(shop, "alice", IdOf(secret)));
        await module.Module.NextAsync("unsend");
        await shop.PostAsync(secret);
        await shop.WriteAsync("alice", "after");
        ((string?)(await module.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("after");
        (await StoredAsync(shop, secret)).IsBlank.ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_channel_that_does_not_speak_for_the_account_When_it_takes_a_message_back_before_it_comes_Then_the_message_goes_its_way()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var message = shop.Message("alice", "hello", at: gateway.Clock.GetUtcNow() - TimeSpan.FromSeconds(30));
        var body = Encoding.UTF8.GetBytes(Unsend(shop, "alice", IdOf(message)).ToJsonString());
        await gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx => tx.Events.Append(
            new NewEvent(ChannelId.Parse("1650000666", null), shop.Bot, null, "unsend", Guid.NewGuid(), tx.Now, gateway.Services.GetRequiredService<Vault>().Bodies(shop.Bot).Seal(body))
            {
                Message = MessageIds.NumberOf("unsend", body),
            }));
        await gateway.RouteAsync();
        await shop.PostAsync(message);
        ((string?)(await module.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("hello");
        (await StoredAsync(shop, message)).IsBlank.ShouldBeFalse();
    }

    [Fact]
    public async Task Given_a_message_that_was_edited_When_it_is_taken_back_Then_both_wordings_are_gone_and_no_other_accounts_message()
    {
        var (shop, stranger) = (await gateway.NewShopAsync(), await gateway.NewShopAsync());
        var module = await shop.LinkAsync(answersFirst: true);
        var first = shop.Message("alice", "my secret");
        var second = shop.Message("alice", "my other secret");
        second["type"] = "messageEdited";
        second["message"]!["id"] = IdOf(first);
        var foreign = stranger.Message("alice", "not hers");
        foreign["message"]!["id"] = IdOf(first);
        await shop.PostAsync(first);
        await shop.PostAsync(second);
        await stranger.PostAsync(foreign);
        await gateway.RouteAsync();
        await shop.PostAsync(Unsend(shop, "alice", IdOf(first)));
        await module.Module.NextAsync("unsend");
        (await StoredAsync(shop, first)).IsBlank.ShouldBeTrue();
        (await StoredAsync(shop, second)).IsBlank.ShouldBeTrue();
        (await StoredAsync(stranger, foreign)).IsBlank.ShouldBeFalse();
    }

    [Fact]
    public async Task Given_a_picture_that_was_taken_back_When_a_module_asks_for_its_content_Then_it_is_no_message_of_its()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var picture = shop.Message("alice", "");
        picture["message"] = new JsonObject { ["type"] = "image", ["id"] = IdOf(picture), ["contentProvider"] = new JsonObject { ["type"] = "line" } };
        await shop.PostAsync(picture);
        await module.Module.NextAsync("message");
        (await module.CallAsync(HttpMethod.Get, $"/v2/bot/message/{IdOf(picture)}/content")).Status.ShouldBe(HttpStatusCode.OK);
        await shop.PostAsync(Unsend(shop, "alice", IdOf(picture)));
        await module.Module.NextAsync("unsend");
        (await module.CallAsync(HttpMethod.Get, $"/v2/bot/message/{IdOf(picture)}/content")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string IdOf(JsonObject message) => (string)message["message"]!["id"]!;

    private static JsonObject Unsend(Shop shop, string user, string message) => new()
    {
        ["type"] = "unsend",
        ["unsend"] = new JsonObject { ["messageId"] = message },
        ["source"] = new JsonObject { ["type"] = "user", ["userId"] = shop.User(user) },
        ["mode"] = "active",
    };

    private Task<EventRow> StoredAsync(Shop shop, JsonObject one) => gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(
        tx => tx.Events.WithId(Line.ChannelId.Parse(GatewayHost.ModuleChannelId, null), shop.Bot, (string)one["webhookEventId"]!).ShouldHaveSingleItem());
}
