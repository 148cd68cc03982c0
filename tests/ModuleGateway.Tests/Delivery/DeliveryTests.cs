using System.Text.Json.Nodes;

namespace ModuleGateway.Tests.Delivery;

public sealed class DeliveryTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_a_module_that_fails_When_its_time_comes_Then_the_event_is_sent_again_marked_and_nothing_of_the_chat_overtakes_it()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        module.Module.Status = got => got.Attempt < 3 && got.Body.Contains("first") ? 500 : 200;
        await shop.WriteAsync("alice", "first");
        await shop.WriteAsync("alice", "second");

        var attempt = await module.Module.NextAsync();
        attempt.Attempt.ShouldBe(1);
        attempt.Events[0]["deliveryContext"]!["isRedelivery"]!.GetValue<bool>().ShouldBeFalse();
        gateway.Clock.Advance(TimeSpan.FromSeconds(1.1));
        attempt = await module.Module.NextAsync();
        attempt.Attempt.ShouldBe(2);
        attempt.Events[0]["deliveryContext"]!["isRedelivery"]!.GetValue<bool>().ShouldBeTrue();
        var token = (string?)attempt.Events[0]["replyToken"];
        gateway.Clock.Advance(TimeSpan.FromSeconds(5.1));
        attempt = await module.Module.NextAsync();
        attempt.Attempt.ShouldBe(3);
        ((string?)attempt.Events[0]["replyToken"]).ShouldBe(token);
        ((string?)(await module.Module.NextAsync()).Events[0]["message"]!["text"]).ShouldBe("second");
    }

    [Fact]
    public async Task Given_a_module_that_is_down_When_customers_write_to_another_module_Then_that_one_is_not_held_up()
    {
        var shop = await gateway.NewShopAsync();
        var down = await shop.LinkAsync(answersFirst: true);
        var up = await shop.LinkAsync();
        await down.Module.DisposeAsync();
        await shop.WriteAsync("alice", "hello");
        ((string?)(await up.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("hello");
    }

    [Fact]
    public async Task Given_many_customers_at_once_When_they_write_Then_each_chat_arrives_in_its_order_and_nothing_is_lost_or_doubled()
    {
        const int customers = 20, messages = 25;
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await Task.WhenAll(Enumerable.Range(0, customers).Select(async customer =>
        {
            for (var i = 0; i < messages; i++)
                await shop.WriteAsync($"customer {customer}", $"{i}");
        }));

        var byChat = new Dictionary<string, List<int>>();
        for (var taken = 0; taken < customers * messages;)
        {
            foreach (var one in (await module.Module.NextAsync()).Events)
            {
                var chat = (string)one["source"]!["userId"]!;
                if (!byChat.TryGetValue(chat, out var seen))
                    byChat.Add(chat, seen = []);
                seen.Add(int.Parse((string)one["message"]!["text"]!, System.Globalization.CultureInfo.InvariantCulture));
                taken++;
            }
        }

        byChat.Count.ShouldBe(customers);
        foreach (var seen in byChat.Values)
            seen.ShouldBe(Enumerable.Range(0, messages));
    }

    [Fact]
    public async Task Given_events_of_one_request_and_one_chat_When_they_are_delivered_Then_they_travel_together_in_LINEs_order()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.PostAsync(shop.Message("alice", "a1"), shop.Message("bob", "b1"), shop.Message("alice", "a2"));
        var got = new List<string>();
        while (got.Count < 2)
            got.Add(string.Join(',', (await module.Module.NextAsync()).Events.Select(one => (string?)one["message"]!["text"])));
        got.Order().ShouldBe(["a1,a2", "b1"]);

        // Done is done for the whole batch: what comes next in the chat is the next event, nothing a second time.
        await shop.WriteAsync("alice", "a3");
        (await module.Module.NextAsync()).Events.Select(one => (string?)one["message"]!["text"]).ShouldBe(["a3"]);
    }

    [Fact]
    public async Task Given_a_module_that_hangs_When_the_attempts_time_is_over_Then_the_event_is_sent_again()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        module.Module.Before = got => got.Attempt == 1 && got.Body.Contains("hello") ? hang.Task : Task.CompletedTask;
        await shop.WriteAsync("alice", "hello");
        (await module.Module.NextAsync()).Attempt.ShouldBe(1);

        gateway.Clock.Advance(TimeSpan.FromSeconds(10.1));
        await module.Module.AbandonedAsync;
        gateway.Clock.Advance(TimeSpan.FromSeconds(1.1));
        (await module.Module.NextAsync()).Attempt.ShouldBe(2);
        hang.SetResult();
    }

    [Fact]
    public async Task Given_a_restart_When_something_is_still_owed_Then_it_is_sent_marked_as_redelivery()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        module.Module.Status = _ => 503;
        await shop.WriteAsync("alice", "do not lose me");
        await module.Module.NextAsync();
        await gateway.StopAsync();
        module.Module.Status = _ => 200;
        await gateway.StartAsync();
        gateway.Clock.Advance(TimeSpan.FromMinutes(1));

        JsonObject got;
        do
        {
            got = await module.Module.NextAsync("message");
        }
        while (!got["deliveryContext"]!["isRedelivery"]!.GetValue<bool>());
        ((string?)got["message"]!["text"]).ShouldBe("do not lose me");
    }
}
