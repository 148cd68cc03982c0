using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Delivery;
using ModuleGateway.Journal;
using ModuleGateway.Store;

namespace ModuleGateway.Tests.Delivery;

/// <summary>Who is at fault for a failure, and what becomes of what waits.</summary>
public sealed class EndpointTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new();

    private DeliveryEngine Engine => _gateway.Services.GetRequiredService<DeliveryEngine>();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_an_event_that_a_module_cannot_take_When_its_endpoint_answers_otherwise_Then_the_event_steps_aside_its_chat_goes_on_and_after_the_whole_list_it_is_a_dead_letter()
    {
        var (shop, module) = await LinkAsync();
        module.Module.Status = got => got.Body.Contains("poison") ? 500 : 200;
        await shop.WriteAsync("alice", "poison");
        await shop.WriteAsync("alice", "next");
        var attempts = 0;
        foreach (var wait in (double[])[0, 1.2, 5, 10, 14.2])
        {
            await PassAsync(TimeSpan.FromSeconds(wait));
            var got = await module.Module.NextAsync();
            Texts(got).ShouldBe(["poison"]);
            got.Attempt.ShouldBe(++attempts);
        }

        (await module.Module.NextAsync()).Events.ShouldBeEmpty(); // LINE's verification request.
        Texts(await module.Module.NextAsync()).ShouldBe(["next"]);
        foreach (var wait in DeliveryOptions.DefaultRetryDelays)
        {
            await PassAsync(wait * 0.9);
            await Engine.QuietAsync().WaitAsync(TimeSpan.FromSeconds(20));
            var before = module.Module.All.Count;
            await PassAsync(wait * 0.35);
            var got = await module.Module.NextAsync();
            Texts(got).ShouldBe(["poison"], $"after {wait}");
            got.Attempt.ShouldBe(++attempts);
            IsRedelivery(got).ShouldBeTrue();
            (await module.Module.NextAsync()).Events.ShouldBeEmpty(); // Each time it is asked who is at fault.
            module.Module.All.Count.ShouldBe(before + 2);
        }

        await Engine.RestingAsync().WaitAsync(TimeSpan.FromSeconds(20));
        (await OwedAsync(shop)).ShouldBe(0);
        _gateway.Log.Lines.ShouldContain(line => line.Contains("is a dead letter", StringComparison.Ordinal));
        await shop.WriteAsync("alice", "still here");
        Texts(await module.Module.NextAsync()).ShouldBe(["still here"]);
    }

    [Fact]
    public async Task Given_an_event_that_stepped_aside_When_the_gateway_starts_again_and_the_module_takes_it_Then_it_arrives_marked_and_nothing_is_owed()
    {
        var (shop, module) = await LinkAsync();
        module.Module.Status = got => got.Body.Contains("poison") ? 500 : 200;
        await shop.WriteAsync("alice", "poison");
        await StepAsideAsync(module);
        await Engine.QuietAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await _gateway.StopAsync();
        module.Module.Status = _ => 200;
        await StartAsync();
        await Engine.QuietAsync().WaitAsync(TimeSpan.FromSeconds(20));
        _gateway.Clock.Advance(TimeSpan.FromSeconds(7));
        var got = await module.Module.NextAsync();
        (Texts(got).Single(), got.Attempt, IsRedelivery(got)).ShouldBe(("poison", 6, true));
        await Engine.RestingAsync().WaitAsync(TimeSpan.FromSeconds(20));
        (await OwedAsync(shop)).ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_module_that_is_down_for_a_day_When_it_is_back_Then_it_gets_everything_in_order_and_a_second_module_has_noticed_nothing()
    {
        const int chats = 5;
        var (shop, down) = await LinkAsync();
        var up = await shop.LinkAsync();
        down.Module.Status = _ => 503;
        var written = 0;
        await WriteToAllAsync();
        await FailAsync(down, 4);
        await ProbeAsync(down); // The verification request after 30 s.
        (await EndpointAsync(down))["state"]!.GetValue<string>().ShouldBe("down");

        var tries = down.Module.All.Count(got => got.Events.Count > 0);
        for (var hour = 1; hour <= 24; hour++)
        {
            await WriteToAllAsync();
            if (hour == 12)
            {
                await Engine.QuietAsync().WaitAsync(TimeSpan.FromSeconds(20));
                await _gateway.StopAsync();
                await StartAsync();
            }

            await PassAsync(TimeSpan.FromHours(1));
            await ProbeAsync(down);
        }

        down.Module.All.Count(got => got.Events.Count > 0).ShouldBe(tries, "no attempt is used up");
        (await EndpointAsync(down))["notices"]!.AsArray().Select(notice => (string)notice!["kind"]!).ShouldBe(["downForADay", "down"]);
        var deliveries = 0;
        down.Module.Status = got => got.Events.Count > 0 && Interlocked.Increment(ref deliveries) == 1 ? 500 : 200; // Its failures of the day are over: one more is a first one, and nothing steps aside.
        await PassAsync(TimeSpan.FromMinutes(7));
        await ProbeAsync(down);
        await down.Module.NextAsync(); // In vain.
        var byChat = await CollectAsync(down.Module, chats * written);
        foreach (var texts in byChat.Values)
            texts.ShouldBe(Enumerable.Range(0, written).Select(i => $"{i}"));
        await Engine.RestingAsync().WaitAsync(TimeSpan.FromSeconds(20));

        var others = up.Module.All.SelectMany(got => got.Events).Where(one => (string?)one["type"] == "message").ToList();
        others.Count.ShouldBe(chats * written);
        others.ShouldAllBe(one => !one["deliveryContext"]!["isRedelivery"]!.GetValue<bool>());
        (await EndpointAsync(down))["state"]!.GetValue<string>().ShouldBe("up");

        async Task WriteToAllAsync()
        {
            for (var chat = 0; chat < chats; chat++)
                await shop.WriteAsync($"customer {chat}", written.ToString(CultureInfo.InvariantCulture));
            written++;
            for (var chat = 0; chat < chats; chat++)
                await up.Module.NextAsync("message");
        }
    }

    [Fact]
    public async Task Given_a_module_that_answers_410_When_it_is_switched_off_Then_what_waits_and_what_comes_are_dead_letters_until_it_is_switched_on()
    {
        var (shop, module) = await LinkAsync();
        module.Module.Status = _ => 410;
        await shop.WriteAsync("alice", "one");
        await shop.WriteAsync("alice", "two");
        await module.Module.NextAsync();
        await Engine.RestingAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await shop.WriteAsync("bob", "three");
        await _gateway.RouteAsync();
        await Engine.RestingAsync().WaitAsync(TimeSpan.FromSeconds(20));
        (await OwedAsync(shop)).ShouldBe(0);
        (await EndpointAsync(module))["state"]!.GetValue<string>().ShouldBe("switchedOff");
        module.Module.All.Count(got => got.Body.Contains("\"message\"")).ShouldBe(1);

        module.Module.Status = _ => 200;
        await _gateway.ManageAsync(HttpMethod.Post, $"/management/modules/{await IdOfAsync(module)}/endpoint/switch-on");
        (await _gateway.RefusedAsync(HttpMethod.Post, $"/management/modules/{await IdOfAsync(module)}/endpoint/switch-on")).ShouldBe((HttpStatusCode.Conflict, "notSwitchedOff"));
        _gateway.Clock.Advance(TimeSpan.FromSeconds(1.1));
        await shop.WriteAsync("bob", "four");
        Texts(await module.Module.NextAsync()).ShouldBe(["four"]);
        (await EndpointAsync(module))["notices"]!.AsArray().Select(notice => (string)notice!["kind"]!).ShouldBe(["recovered", "switchedOff"]);
    }

    [Fact]
    public async Task Given_several_deliveries_on_their_way_When_all_are_answered_410_Then_the_endpoint_is_switched_off_once_and_its_provider_told_once()
    {
        const int chats = 8;
        var (shop, module) = await LinkAsync();
        var (arrived, all) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        module.Module.Status = _ => 410;
        module.Module.Before = _ =>
        {
            if (Interlocked.Increment(ref arrived) == chats)
                all.SetResult();
            return all.Task.WaitAsync(TimeSpan.FromSeconds(9));
        };
        for (var chat = 0; chat < chats; chat++)
            await shop.WriteAsync($"customer {chat}", "hello");
        await all.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Engine.RestingAsync().WaitAsync(TimeSpan.FromSeconds(20));
        (await EndpointAsync(module))["notices"]!.AsArray().Select(notice => (string)notice!["kind"]!).ShouldBe(["switchedOff"]);
        _gateway.Log.Lines.Count(line => line.Contains("was switched off", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_module_that_is_switched_off_When_its_URL_changes_Then_it_is_on_again()
    {
        var (shop, module) = await LinkAsync();
        module.Module.Status = _ => 410;
        await shop.WriteAsync("alice", "one");
        await module.Module.NextAsync();
        await Engine.RestingAsync().WaitAsync(TimeSpan.FromSeconds(20));
        module.Module.Status = _ => 200;
        await _gateway.WithRegistryAsync(db => db.Modules.Single(row => row.ChannelId == module.Channel).WebhookUrl = module.Module.Url + "?v=2");
        await PassAsync(TimeSpan.FromSeconds(1.1));
        await Engine.QuietAsync().WaitAsync(TimeSpan.FromSeconds(20));
        _gateway.Clock.Advance(TimeSpan.FromSeconds(1.1));
        await shop.WriteAsync("alice", "two");
        Texts(await module.Module.NextAsync()).ShouldBe(["two"]);
    }

    [Fact]
    public async Task Given_a_module_that_asks_to_be_left_alone_When_its_time_is_not_over_Then_nothing_is_sent_to_it_even_after_a_restart()
    {
        var (shop, module) = await LinkAsync();
        module.Module.Status = _ => 503;
        module.Module.RetryAfter = _ => "120";
        await shop.WriteAsync("alice", "one");
        await module.Module.NextAsync();
        await Engine.QuietAsync().WaitAsync(TimeSpan.FromSeconds(20));
        module.Module.Status = _ => 200;
        var before = module.Module.All.Count;
        await _gateway.StopAsync();
        await StartAsync();
        _gateway.Clock.Advance(TimeSpan.FromSeconds(100));
        await shop.WriteAsync("bob", "two");
        await _gateway.RouteAsync();
        await Engine.QuietAsync().WaitAsync(TimeSpan.FromSeconds(20));
        module.Module.All.Count.ShouldBe(before);
        _gateway.Clock.Advance(TimeSpan.FromSeconds(25));
        var got = new[] { Texts(await module.Module.NextAsync()).Single(), Texts(await module.Module.NextAsync()).Single() };
        got.Order().ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Given_a_module_that_asks_for_ten_minutes_again_and_again_When_that_is_all_that_its_events_waited_for_Then_none_steps_aside_until_an_hour_of_it_is_over()
    {
        var (shop, module) = await LinkAsync();
        module.Module.Status = got => got.Events.Count > 0 ? 429 : 200;
        module.Module.RetryAfter = _ => "600";
        await shop.WriteAsync("alice", "one");
        await module.Module.NextAsync();
        for (var tries = 2; tries <= 7; tries++)
        {
            await PassAsync(TimeSpan.FromSeconds(603));
            var got = await module.Module.NextAsync();
            (Texts(got).Single(), got.Attempt).ShouldBe(("one", tries), "it was left alone for as long as it asked, and nobody asked it who is at fault");
        }

        // More than an hour of asking: now it counts, and the endpoint that answers has its event put aside.
        for (var tries = 8; tries <= 9; tries++)
        {
            await PassAsync(TimeSpan.FromSeconds(603));
            if (Texts(await module.Module.NextAsync()).Count > 0 && (await NextOrNoneAsync(module)) is { Events.Count: 0 })
                return;
        }

        throw new InvalidOperationException("It never stepped aside.");
    }

    [Fact]
    public async Task Given_an_event_that_somebody_put_aside_and_told_nobody_of_When_a_few_minutes_have_passed_Then_it_is_found()
    {
        var (shop, module) = await LinkAsync();
        var store = _gateway.Services.GetRequiredService<IGatewayStore>();
        await shop.WriteAsync("alice", "late");
        (await module.Module.NextAsync()).Attempt.ShouldBe(1);
        await Engine.RestingAsync().WaitAsync(TimeSpan.FromSeconds(20));
        var (id, seq) = await store.ReadAsync(tx => (tx.Deliveries.LastId(), tx.Events.LastSeq()));
        var owed = store.OnOwed;
        store.OnOwed = null; // As by a process that had the role, and had no word of it for anybody.
        await store.WriteAsync(tx =>
        {
            var delivery = tx.History.Delivery(id)!;
            tx.Control.Account(shop.Bot);
            tx.Deliveries.Add(new NewDelivery(seq, delivery.Linkage, delivery.Chat, Guid.NewGuid(), true, delivery.Epoch));
            tx.Deliveries.Record(new AttemptOutcome(tx.Deliveries.LastId(), tx.Now, 500, "error_status_code", 1, DeliveryState.Aside, tx.Now + TimeSpan.FromSeconds(5)));
            return true;
        });
        store.OnOwed = owed;
        await PassAsync(TimeSpan.FromMinutes(4));
        Texts(await module.Module.NextAsync()).ShouldBe(["late"]);
    }

    [Fact]
    public async Task Given_a_module_that_stays_down_When_five_days_are_over_Then_its_provider_was_told_before_and_what_waits_are_dead_letters()
    {
        var (shop, module) = await LinkAsync();
        module.Module.Status = _ => 500;
        await shop.WriteAsync("alice", "one");
        await FailAsync(module, 4);
        await ProbeAsync(module);
        for (var quarter = 0; quarter <= 22; quarter++)
        {
            await PassAsync(TimeSpan.FromHours(6));
            if ((string?)(await EndpointAsync(module))["state"] == "switchedOff")
                break;
            await ProbeAsync(module);
        }

        await Engine.RestingAsync().WaitAsync(TimeSpan.FromSeconds(20));
        var endpoint = await EndpointAsync(module);
        endpoint["state"]!.GetValue<string>().ShouldBe("switchedOff");
        var notices = endpoint["notices"]!.AsArray().Select(notice => ((string)notice!["kind"]!, (DateTimeOffset)notice["at"]!)).Reverse().ToList();
        notices.Select(notice => notice.Item1).ShouldBe(["down", "downForADay", "offInTwoDays", "offInADay", "switchedOff"]);
        (notices[4].Item2 - notices[3].Item2).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromDays(1));
        (notices[4].Item2 - notices[0].Item2).ShouldBeLessThan(TimeSpan.FromDays(6));
        (await OwedAsync(shop)).ShouldBe(0);
    }

    private async Task<(Shop Shop, LinkedDouble Module)> LinkAsync()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await _gateway.RouteAsync();
        await Engine.RestingAsync().WaitAsync(TimeSpan.FromSeconds(20)); // What it hears of its own linkage has arrived.
        return (shop, module);
    }

    /// <summary>Time moves only for who is there: a gateway on a server's store delivers a little after its start.</summary>
    private async Task StartAsync()
    {
        await _gateway.StartAsync();
        await Engine.DeliveringAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Time passes while everything that is owed waits for it.</summary>
    private async Task PassAsync(TimeSpan by)
    {
        await _gateway.RouteAsync();
        await Engine.QuietAsync().WaitAsync(TimeSpan.FromSeconds(20));
        _gateway.Clock.Advance(by);
    }

    /// <summary>Fails for half a minute: the first attempts, which nobody looks at.</summary>
    private async Task FailAsync(LinkedDouble module, int attempts)
    {
        await module.Module.NextAsync(); // Of several chats: the others fail at the same time.
        foreach (var wait in ((double[])[1.2, 5, 10, 14.2])[..attempts])
        {
            await PassAsync(TimeSpan.FromSeconds(wait));
            await module.Module.NextAsync();
        }
    }

    private async Task StepAsideAsync(LinkedDouble module)
    {
        await FailAsync(module, 4);
        await ProbeAsync(module);
    }

    /// <summary>What comes next, once all is quiet; null: nothing came.</summary>
    private async Task<Got?> NextOrNoneAsync(LinkedDouble module)
    {
        await Engine.QuietAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return module.Module.All.Last() is { Events.Count: 0 } ? await module.Module.NextAsync() : null;
    }

    /// <summary>The next verification request.</summary>
    private static async Task ProbeAsync(LinkedDouble module)
    {
        while ((await module.Module.NextAsync()).Events.Count > 0)
        {
        }
    }

    private static async Task<Dictionary<string, List<string>>> CollectAsync(ModuleDouble module, int count)
    {
        var byChat = new Dictionary<string, List<string>>();
        for (var taken = 0; taken < count;)
        {
            foreach (var one in (await module.NextAsync()).Events)
            {
                var chat = (string)one["source"]!["userId"]!;
                if (!byChat.TryGetValue(chat, out var texts))
                    byChat.Add(chat, texts = []);
                texts.Add((string)one["message"]!["text"]!);
                taken++;
            }
        }

        return byChat;
    }

    private async Task<JsonNode> EndpointAsync(LinkedDouble module)
    {
        await Engine.QuietAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return await _gateway.ManageAsync($"/management/modules/{await IdOfAsync(module)}/endpoint");
    }

    private async Task<Guid> IdOfAsync(LinkedDouble module) =>
        (await _gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Control.Linkage(module.Linkage)))!.Module.Value;

    private async Task<long> OwedAsync(Shop shop) => (await _gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["linkages"]!.AsArray().Sum(linkage => (long)linkage!["owed"]!);

    private static List<string> Texts(Got got) => [.. got.Events.Select(one => (string)one["message"]!["text"]!)];

    private static bool IsRedelivery(Got got) => got.Events[0]["deliveryContext"]!["isRedelivery"]!.GetValue<bool>();
}
