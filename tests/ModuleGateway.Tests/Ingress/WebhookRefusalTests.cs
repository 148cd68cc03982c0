using System.Net;
using System.Text.Json.Nodes;
using Line;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Store;

namespace ModuleGateway.Tests.Ingress;

public sealed class WebhookRefusalTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_a_wrong_or_missing_signature_When_a_webhook_arrives_Then_401_and_nothing_is_stored()
    {
        var shop = await gateway.NewShopAsync();
        var body = new JsonObject { ["destination"] = shop.Bot.ToString(), ["events"] = new JsonArray(shop.Message("alice", "hello")) }.ToJsonString();
        var before = await CountAsync();

        (await gateway.PostWebhookAsync(body, signature: "")).ShouldBe(HttpStatusCode.Unauthorized);
        (await gateway.PostWebhookAsync(body, signature: new LineSignature("another secret").Create("x"u8))).ShouldBe(HttpStatusCode.Unauthorized);
        (await gateway.PostWebhookAsync(body, secret: GatewayHost.OtherChannelSecret)).ShouldBe(HttpStatusCode.Unauthorized);
        (await CountAsync()).ShouldBe(before);

        (await gateway.PostWebhookAsync(body)).ShouldBe(HttpStatusCode.OK);
        (await CountAsync()).ShouldBe(before + 1);
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("[]")]
    [InlineData("""{"events":[]}""")]
    [InlineData("""{"destination":"nobody","events":[]}""")]
    [InlineData("""{"destination":"U0123456789abcdef0123456789abcdef"}""")]
    [InlineData("""{"destination":"U0123456789abcdef0123456789abcdef","events":[7]}""")]
    [InlineData("""{"destination":"U0123456789abcdef0123456789abcdef","events":[{"type":"message"}""")]
    public async Task Given_garbage_with_a_good_signature_When_it_arrives_Then_400_says_what_is_wrong_and_nothing_is_stored(string body)
    {
        var before = await CountAsync();
        (await gateway.PostWebhookAsync(body)).ShouldBe(HttpStatusCode.BadRequest);
        (await CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Given_LINEs_verification_request_When_it_arrives_Then_200_and_nothing_is_stored()
    {
        var before = await CountAsync();
        (await gateway.PostWebhookAsync("""{"destination":"U0123456789abcdef0123456789abcdef","events":[]}""")).ShouldBe(HttpStatusCode.OK);
        (await CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Given_more_than_a_mebibyte_When_it_arrives_Then_413() =>
        (await gateway.PostWebhookAsync(new string(' ', 1024 * 1024 + 1))).ShouldBe(HttpStatusCode.RequestEntityTooLarge);

    [Fact]
    public async Task Given_a_channel_that_is_not_ours_When_a_webhook_arrives_for_it_Then_404() =>
        (await gateway.PostWebhookAsync("{}", channel: "999")).ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Given_an_unknown_account_When_its_event_arrives_Then_it_is_kept_unroutable_and_listed_to_the_operator()
    {
        var shop = await gateway.NewShopAsync(attached: false);
        await shop.PostAsync(shop.Message("alice", "is anybody there"));

        await ListedAsync(shop.Bot, "notConnected");
    }

    [Fact]
    public async Task Given_an_event_signed_by_a_channel_that_is_not_the_accounts_upstream_When_it_arrives_Then_it_is_unroutable_and_reaches_no_module()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var forged = new JsonObject { ["destination"] = shop.Bot.ToString(), ["events"] = new JsonArray(shop.Message("alice", "forged")) }.ToJsonString();
        (await gateway.PostWebhookAsync(forged, GatewayHost.OtherChannelId, GatewayHost.OtherChannelSecret)).ShouldBe(HttpStatusCode.OK);
        await ListedAsync(shop.Bot, "foreignChannel");

        await shop.WriteAsync("alice", "real");
        var next = (await module.Module.NextAsync()).Events.ShouldHaveSingleItem();
        ((string?)next["message"]!["text"]).ShouldBe("real");
    }

    [Fact]
    public async Task Given_an_event_that_came_before_the_attach_was_completed_When_it_completes_within_the_hour_Then_the_event_is_delivered()
    {
        var shop = await gateway.NewShopAsync(attached: false);
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "early bird");
        await ListedAsync(shop.Bot, "notConnected");

        await shop.AttachAsync();
        ((string?)(await module.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("early bird");
    }

    [Fact]
    public async Task Given_a_stored_event_When_LINE_sends_it_again_Then_it_is_not_delivered_twice()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var message = shop.Message("alice", "once", replyToken: "token-once");
        await shop.PostAsync((JsonObject)message.DeepClone());
        message["deliveryContext"]!["isRedelivery"] = true;
        await shop.PostAsync(message);
        await shop.WriteAsync("alice", "the next");

        ((string?)(await module.Module.NextAsync()).Events[0]["message"]!["text"]).ShouldBe("once");
        ((string?)(await module.Module.NextAsync()).Events[0]["message"]!["text"]).ShouldBe("the next");
    }

    [Fact]
    public async Task Given_an_id_that_LINE_used_for_other_content_When_it_arrives_Then_both_events_are_delivered()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var id = Shop.NewEventId();
        await shop.PostAsync(shop.Message("alice", "one", id: id));
        await shop.PostAsync(shop.Message("alice", "another", id: id));

        ((string?)(await module.Module.NextAsync()).Events[0]["message"]!["text"]).ShouldBe("one");
        ((string?)(await module.Module.NextAsync()).Events[0]["message"]!["text"]).ShouldBe("another");
    }

    private async Task<long> CountAsync() =>
        await gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Events.LastSeq());

    private async Task ListedAsync(BotId bot, string reason)
    {
        await gateway.RouteAsync();
        var listed = (await gateway.ManageAsync("/management/unroutable"))["events"]!.AsArray().Where(one => (string?)one!["botId"] == bot.ToString()).ShouldHaveSingleItem();
        ((string?)listed!["reason"]).ShouldBe(reason);
        ((string?)listed["type"]).ShouldBe("message");
    }
}
