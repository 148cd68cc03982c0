using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Delivery;
using ModuleGateway.Store;

namespace ModuleGateway.Tests.Management;

/// <summary>Whatever is asked by an event's id, a chat or a delivery's id is told with the event's whole way.</summary>
public sealed class ExplainTests : IAsyncLifetime
{
    private const string PreviousSecret = "00112233445566778899aabbccddeeff";

    private readonly GatewayHost _gateway = new()
    {
        Differs = builder => builder.Configuration.AddInMemoryCollection([new("Upstream:Channels:0:PreviousChannelSecret", PreviousSecret)]),
    };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_an_event_that_came_twice_and_failed_once_When_its_way_is_asked_for_Then_receipts_keys_modes_epochs_and_every_attempt_are_told()
    {
        var shop = await _gateway.NewShopAsync();
        var active = await shop.LinkAsync(answersFirst: true);
        var standby = await shop.LinkAsync();
        active.Module.Status = got => got.Attempt == 1 ? 500 : 200;
        active.Module.Answer = got => got.Attempt == 1 ? "no\u0000 room" : "thanks";
        var id = Shop.NewEventId();
        var message = shop.Message("alice", "hello", replyToken: "t", id: id);
        await shop.PostAsync((JsonObject)message.DeepClone());
        (await active.Module.NextAsync()).Attempt.ShouldBe(1);
        await standby.Module.NextAsync();
        await PostAgainAsync(shop, message);
        _gateway.Clock.Advance(TimeSpan.FromSeconds(1.1));
        (await active.Module.NextAsync()).Attempt.ShouldBe(2);
        await _gateway.AdvanceAsync(TimeSpan.Zero);

        var told = Only(await _gateway.ManageAsync($"/management/events/{id}"));
        ((string?)told["botId"]).ShouldBe(shop.Bot.ToString());
        ((string?)told["chatId"]).ShouldBe(shop.User("alice"));
        ((string?)told["signedBy"]).ShouldBe("current");
        var again = told["receivedAgain"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)again["signedBy"]).ShouldBe("previous");
        ((DateTimeOffset)again["at"]!).ShouldBeGreaterThanOrEqualTo((DateTimeOffset)told["receivedAt"]!);

        var toActive = DeliveryTo(told, active);
        ((string?)toActive["mode"]).ShouldBe("active");
        ((string?)toActive["state"]).ShouldBe("delivered");
        var attempts = toActive["attempts"]!.AsArray();
        attempts.Select(one => ((int)one!["number"]!, (int)one["status"]!, (string?)one["outcome"], (string?)one["answer"]))
            .ShouldBe([(1, 500, "error_status_code", "no. room"), (2, 200, "delivered", "thanks")]);
        ((DateTimeOffset)attempts[1]!["at"]! - (DateTimeOffset)attempts[0]!["at"]!).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.9));

        var toStandby = DeliveryTo(told, standby);
        ((string?)toStandby["mode"]).ShouldBe("standby");
        ((long)toStandby["epoch"]!).ShouldBe((long)toActive["epoch"]!);
        toStandby["attempts"]!.AsArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Given_a_delivery_that_waits_for_its_modules_endpoint_When_it_is_asked_for_Then_it_is_told_since_when_and_until_when()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        module.Module.Status = _ => 503;
        module.Module.RetryAfter = _ => "600";
        var id = Shop.NewEventId();
        await shop.PostAsync(shop.Message("alice", "hello", replyToken: "t", id: id));
        await module.Module.NextAsync("message");
        await _gateway.Services.GetRequiredService<DeliveryEngine>().QuietAsync().WaitAsync(TimeSpan.FromSeconds(20));
        (await WhyAsync()).ShouldStartWith("Its module asked by Retry-After to be left alone until 20");
        await PutAsync(Circuit.Open);
        (await WhyAsync()).ShouldContain("endpoint has not answered since 20");
        await PutAsync(Circuit.Off);
        (await WhyAsync()).ShouldContain("endpoint was switched off at 20");
        await PutAsync(Circuit.Closed);
        (await WhyAsync()).ShouldBe("An attempt failed; the next one has its time.");

        async Task<string> WhyAsync() => (string)DeliveryTo(Only(await _gateway.ManageAsync($"/management/events/{id}")), module)["why"]!;

        Task PutAsync(Circuit circuit) => _gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx =>
        {
            tx.Endpoints.Put(new EndpointStateRow(tx.Control.Linkage(module.Linkage)!.Module, circuit, module.Module.Url, tx.Now) { ProbeAt = tx.Now });
            return true;
        });
    }

    [Fact]
    public async Task Given_a_delivery_When_it_is_asked_for_by_our_number_or_by_what_its_module_got_Then_it_is_that_events_way()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var id = Shop.NewEventId();
        await shop.PostAsync(shop.Message("alice", "hello", replyToken: "t", id: id));
        var seen = (await module.Module.NextAsync()).Headers["x-delivery-id"];
        await _gateway.AdvanceAsync(TimeSpan.Zero);

        var told = Only(await _gateway.ManageAsync($"/management/deliveries/{seen}"));
        ((string?)told["webhookEventId"]).ShouldBe(id);
        var number = (string?)DeliveryTo(told, module)["deliveryId"];
        ((string?)Only(await _gateway.ManageAsync($"/management/deliveries/{number}"))["webhookEventId"]).ShouldBe(id);
        (await _gateway.RefusedAsync(HttpMethod.Get, $"/management/deliveries/{new string('0', 32)}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _gateway.RefusedAsync(HttpMethod.Get, "/management/events/nobody's")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_two_chats_When_one_is_asked_for_by_LINEs_id_or_by_a_modules_Then_its_events_are_told_newest_first_and_no_others()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var (first, second) = (Shop.NewEventId(), Shop.NewEventId());
        await shop.PostAsync(shop.Message("alice", "one", replyToken: "a", id: first));
        await shop.PostAsync(shop.Message("bob", "other", replyToken: "b"));
        module.Module.Status = _ => 500;
        await shop.PostAsync(shop.Message("alice", "two", replyToken: "c", id: second));
        await _gateway.RouteAsync();

        foreach (var chat in new[] { shop.User("alice"), Shop.Seen(_gateway, module, shop.User("alice")) })
        {
            var told = await _gateway.ManageAsync($"/management/accounts/{shop.Bot}/chats/{chat}/events");
            told["events"]!.AsArray().Where(one => (string?)one!["type"] == "message").Select(one => (string?)one!["webhookEventId"]).ShouldBe([second, first]);
        }

        (await _gateway.RefusedAsync(HttpMethod.Get, $"/management/accounts/{shop.Bot}/chats/{shop.User("carol")}/events")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_an_event_for_an_account_that_is_not_connected_When_its_way_is_asked_for_Then_it_says_why_it_went_to_nobody()
    {
        var shop = await _gateway.NewShopAsync(attached: false);
        var id = Shop.NewEventId();
        await shop.PostAsync(shop.Message("alice", "too early", id: id));
        await _gateway.RouteAsync();
        var told = Only(await _gateway.ManageAsync($"/management/events/{id}"));
        ((string?)told["state"]).ShouldBe("notConnected");
        ((string?)told["why"]).ShouldStartWith("The account was not connected");
        told["deliveries"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_module_that_answers_with_words_When_they_are_kept_Then_neither_the_stores_files_nor_the_log_hold_them()
    {
        const string Words = "an answer that nobody else may read";
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        module.Module.Status = got => got.Attempt == 1 ? 500 : 200;
        module.Module.Answer = _ => Words;
        var id = Shop.NewEventId();
        await shop.PostAsync(shop.Message("alice", "hello", id: id));
        await module.Module.NextAsync();
        _gateway.Clock.Advance(TimeSpan.FromSeconds(1.1));
        await module.Module.NextAsync();
        await _gateway.AdvanceAsync(TimeSpan.Zero);

        (await _gateway.ManageAsync($"/management/events/{id}")).ToJsonString().ShouldContain(Words);
        _gateway.Log.Lines.ShouldAllBe(line => !line.Contains(Words));
        foreach (var file in Directory.GetFiles(_gateway.Folder, "gateway.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            bytes.ToArray().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Words)).ShouldBe(-1, file);
        }
    }

    private static JsonObject Only(JsonNode answer) => (JsonObject)answer["events"]!.AsArray().ShouldHaveSingleItem()!;

    private static JsonObject DeliveryTo(JsonNode told, LinkedDouble module) => (JsonObject)told["deliveries"]!.AsArray().Single(one => (Guid)one!["linkageId"]! == module.Linkage.Value)!;

    /// <summary>LINE sends it once more, and signs with the secret of before.</summary>
    private async Task PostAgainAsync(Shop shop, JsonObject message)
    {
        message["deliveryContext"] = new JsonObject { ["isRedelivery"] = true };
        var body = new JsonObject { ["destination"] = shop.Bot.ToString(), ["events"] = new JsonArray(message.DeepClone()) }.ToJsonString();
        (await _gateway.PostWebhookAsync(body, secret: PreviousSecret)).ShouldBe(HttpStatusCode.OK);
    }
}
