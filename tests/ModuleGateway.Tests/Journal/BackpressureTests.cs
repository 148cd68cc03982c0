using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Delivery;
using ModuleGateway.Journal;
using ModuleGateway.Observing;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Journal;

public sealed class BackpressureTests : IAsyncLifetime
{
    private const int Max = 100;

    private readonly GatewayHost _gateway = new()
    {
        Differs = builder =>
        {
            builder.Configuration["Journal:UndeliveredMax"] = Max.ToString(System.Globalization.CultureInfo.InvariantCulture);
            builder.Services.AddSingleton<IGatewayStore>(provider => new UnsteadyStore(GatewayApp.OpenStore(provider)));
        },
    };

    private IGatewayStore Store => _gateway.Services.GetRequiredService<IGatewayStore>();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_as_much_undelivered_as_may_be_When_LINE_sends_more_Then_it_hears_503_until_some_is_delivered_and_nothing_that_was_taken_is_lost()
    {
        var shops = new List<(Shop Shop, LinkedDouble Module)>(); // Many, so that none of them is over its share.
        for (var i = 0; i < 12; i++)
        {
            var shop = await _gateway.NewShopAsync();
            shops.Add((shop, await shop.LinkAsync(answersFirst: true)));
        }

        await _gateway.AdvanceAsync(TimeSpan.Zero);
        shops.ForEach(one => one.Module.Module.Status = _ => 500);
        var taken = 0;
        while (await SendAsync(shops[taken % shops.Count].Shop, taken) == HttpStatusCode.OK)
        {
            (++taken).ShouldBeLessThanOrEqualTo(Max);
            await _gateway.RouteAsync();
        }

        taken.ShouldBeGreaterThan(Max / 2);
        (await SendAsync(shops[taken % shops.Count].Shop, taken)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        _gateway.Log.Lines.ShouldContain(line => line.Contains("LINE's webhooks are refused with 503") && line.Contains("Journal:UndeliveredMax"));

        shops.ForEach(one => one.Module.Module.Status = _ => 200);
        _gateway.Clock.Advance(TimeSpan.FromHours(2));
        for (var i = 0; i < shops.Count; i++)
        {
            var got = new HashSet<string>();
            while (got.Count < (taken + shops.Count - 1 - i) / shops.Count)
            {
                foreach (var one in (await shops[i].Module.Module.NextAsync()).Events.Where(one => (string?)one["type"] == "message"))
                    got.Add((string)one["message"]!["text"]!);
            }
        }

        await _gateway.AdvanceAsync(TimeSpan.Zero); // The last outcomes are recorded.
        (await SendAsync(shops[0].Shop, taken)).ShouldBe(HttpStatusCode.OK);
        _gateway.Log.Lines.ShouldContain(line => line.Contains("LINE's webhooks are taken again"));
    }

    [Fact]
    public async Task Given_a_customer_whose_module_takes_nothing_When_his_backlog_is_over_its_share_Then_his_webhooks_are_put_off_and_those_of_others_are_taken()
    {
        var (noisy, other) = (await _gateway.NewShopAsync(), await _gateway.NewShopAsync());
        var (stuck, well) = (await noisy.LinkAsync(answersFirst: true), await other.LinkAsync(answersFirst: true));
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        stuck.Module.Status = _ => 500;
        var taken = 0;
        while (await SendAsync(noisy, taken) == HttpStatusCode.OK)
        {
            (++taken).ShouldBeLessThanOrEqualTo(Max);
            await _gateway.RouteAsync();
            if (taken % 5 == 0)
                await LookAsync();
        }

        taken.ShouldBeInRange((Max / 2) - 5, (Max / 2) + 10);
        _gateway.Log.Lines.ShouldContain(line => line.Contains($"Webhooks of bot {noisy.Bot} are put off"));
        _gateway.Log.Lines.ShouldNotContain(line => line.Contains("LINE's webhooks are refused with 503"));
        for (var i = 0; i < 30; i++)
        {
            (await SendAsync(other, i)).ShouldBe(HttpStatusCode.OK);
            await well.Module.NextAsync("message");
            (await SendAsync(noisy, taken)).ShouldBe(HttpStatusCode.ServiceUnavailable);
            if (i % 5 == 0)
                await LookAsync();
        }

        stuck.Module.Status = _ => 200;
        _gateway.Clock.Advance(TimeSpan.FromHours(2));
        for (var i = 0; i < taken; i++)
            await stuck.Module.NextAsync("message");
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        await LookAsync();
        (await SendAsync(noisy, taken)).ShouldBe(HttpStatusCode.OK);
    }

    private async Task LookAsync()
    {
        var looked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gateway.Services.GetRequiredService<LagWatch>().Looked += _ => looked.TrySetResult();
        await _gateway.Services.GetRequiredService<DeliveryEngine>().QuietAsync().WaitAsync(TimeSpan.FromSeconds(20));
        _gateway.Clock.Advance(TimeSpan.FromSeconds(10.1));
        await looked.Task.WaitAsync(TimeSpan.FromSeconds(20)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        looked.Task.IsCompleted.ShouldBeTrue(string.Join('\n', _gateway.Log.Lines.Where(line => line.Contains("undelivered"))));
    }

    [Fact]
    public async Task Given_events_that_come_go_and_are_cancelled_and_works_that_fail_When_it_is_counted_Then_what_was_kept_in_passing_is_the_same()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        await _gateway.Services.GetRequiredService<UndeliveredCounter>().CountAsync(CancellationToken.None);
        var (before, nobody) = (Store.Undelivered.Count, LinkageId.New());
        for (var i = 0; i < 10; i++)
            await shop.WriteAsync($"customer {i}", "hello");
        for (var i = 0; i < 10; i++)
            await module.Module.NextAsync("message");
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        Store.Undelivered.Count.ShouldBe(before);

        await OweAsync(shop, nobody, 7);
        Store.Undelivered.Count.ShouldBe(before + 7);
        (await Store.WriteAsync(tx => tx.Deliveries.Bury(nobody, 3))).ShouldBe(3);
        Store.Undelivered.Count.ShouldBe(before + 4);
        var (kept, broken) = (new List<Task>(), new List<Task>()); // Side by side, so that groups hold both.
        for (var i = 0; i < 10; i++)
        {
            kept.Add(OweAsync(shop, nobody, 1));
            broken.Add(OweAsync(shop, nobody, 1, fails: true));
        }

        await Task.WhenAll(kept);
        foreach (var work in broken)
            await Should.ThrowAsync<InvalidOperationException>(() => work);
        Store.Undelivered.Count.ShouldBe(before + 14);
        (await Store.WriteAsync(tx => tx.Deliveries.CancelOwed(nobody))).ShouldBe(14);
        Store.Undelivered.Count.ShouldBe(before);
        (await Store.ReadAsync(tx => tx.Events.CountUndelivered())).ShouldBe(before);
    }

    private Task<bool> OweAsync(Shop shop, LinkageId linkage, int count, bool fails = false) => Store.WriteAsync(tx =>
    {
        tx.Control.Account(shop.Bot);
        for (var i = 0; i < count; i++)
            tx.Deliveries.Add(new NewDelivery(1, linkage, null, Guid.NewGuid(), true, 0));
        return fails ? throw new InvalidOperationException("It is not kept.") : true;
    });

    private Task<HttpStatusCode> SendAsync(Shop shop, int number) =>
        _gateway.PostWebhookAsync(new JsonObject { ["destination"] = shop.Bot.ToString(), ["events"] = new JsonArray(shop.Message($"customer {number}", $"message {number}")) }.ToJsonString());
}
