using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Observing;

namespace ModuleGateway.Tests.Observing;

/// <summary>What waits is seen, whatever it waits for, and somebody hears of it within a minute.</summary>
public sealed class LagTests : IAsyncLifetime
{
    private const int Noise = 40;

    private readonly GatewayHost _gateway = new();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_a_noisy_customer_whose_module_hangs_When_a_minute_has_passed_Then_the_alert_is_raised_and_says_whose_it_is_and_when_it_is_over_it_says_so()
    {
        var (noisy, other) = (await _gateway.NewShopAsync(), await _gateway.NewShopAsync());
        var (hanging, well) = (await noisy.LinkAsync(answersFirst: true), await other.LinkAsync(answersFirst: true));
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        var free = new TaskCompletionSource();
        hanging.Module.Before = _ => free.Task;
        var began = _gateway.Clock.GetUtcNow();
        for (var i = 0; i < Noise; i++)
            await noisy.WriteAsync($"customer {i % 5}", $"{i}");
        await other.WriteAsync("bob", "hello");
        await well.Module.NextAsync("message");

        var raised = Until(picture => picture.RaisedAt is not null);
        for (var passed = 0; passed < 60; passed += 5)
            _gateway.Clock.Advance(TimeSpan.FromSeconds(5));
        var picture = await raised;
        (picture.RaisedAt!.Value - began).ShouldBeLessThan(TimeSpan.FromSeconds(70)); // A minute of the clock, and what the machine took for it.

        var told = await _gateway.ManageAsync("/management/lag");
        ((bool)told["alert"]!["isRaised"]!).ShouldBeTrue();
        ((long)told["owed"]!).ShouldBeGreaterThanOrEqualTo(Noise);
        var account = told["byAccount"]![0]!; // The one that waits longest.
        ((string?)account["botId"]).ShouldBe(noisy.Bot.ToString());
        ((double)account["lagSeconds"]!).ShouldBeGreaterThan(45);
        var module = told["byModule"]![0]!;
        ((long)module["owed"]!).ShouldBe(Noise);
        ((Guid)told["longest"]![0]!["linkageId"]!).ShouldBe(hanging.Linkage.Value);
        _gateway.Log.Lines.Count(line => line.Contains("Lag alert:")).ShouldBe(1);

        var over = Until(picture => picture.RaisedAt is null);
        free.SetResult();
        while (!over.IsCompleted)
        {
            var look = Until(_ => true);
            _gateway.Clock.Advance(TimeSpan.FromMinutes(1)); // What failed meanwhile waits for its next time.
            await look;
        }

        (await over).Owed.ShouldBe(0);
        _gateway.Log.Lines.ShouldContain(line => line.Contains("Lag alert over"));
    }

    [Fact]
    public async Task Given_an_event_that_nobody_routes_When_it_waits_too_long_Then_that_is_lag_too()
    {
        var shop = await _gateway.NewShopAsync();
        await shop.LinkAsync(answersFirst: true);
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        await _gateway.Services.GetRequiredService<SteadyWorker<ModuleGateway.Routing.RoutingWorker>>().StopAsync(CancellationToken.None);
        await shop.WriteAsync("alice", "hello");
        var raised = Until(picture => picture.RaisedAt is not null);
        _gateway.Clock.Advance(TimeSpan.FromSeconds(50));
        (await raised).OldestUnrouted.ShouldNotBeNull();
    }

    private async Task<LagPicture> Until(Predicate<LagPicture> holds)
    {
        var seen = new TaskCompletionSource<LagPicture>(TaskCreationOptions.RunContinuationsAsynchronously);
        _gateway.Services.GetRequiredService<LagWatch>().Looked += picture =>
        {
            if (holds(picture))
                seen.TrySetResult(picture);
        };
        return await seen.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
