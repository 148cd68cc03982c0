using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModuleGateway.Routing;
using ModuleGateway.Store;

namespace ModuleGateway.Tests.Store;

/// <summary>The store cannot be read for a while: whoever looks at it in the background looks again, and nobody takes the gateway down.</summary>
public sealed class UnreadableStoreTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new() { Differs = builder => builder.Services.AddSingleton<IGatewayStore>(provider => new UnsteadyStore(GatewayApp.OpenStore(provider))) };

    private UnsteadyStore Store => (UnsteadyStore)_gateway.Services.GetRequiredService<IGatewayStore>();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_a_store_that_cannot_be_read_When_everybody_has_looked_in_vain_Then_the_gateway_runs_on_and_delivers_when_it_can_be_read_again()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        Store.Unreadable = () => new StoreUnavailableException("The server is away.");
        _gateway.Services.GetRequiredService<RoutingWorker>().ConnectionsInDoubt!(); // As when the server's last word was lost.
        string[] complaints = ["could not be seen what is undelivered", "A replay could not go on", "undelivered could not be counted", "A connection could not be read"];
        for (var hour = 0; hour < 5 && !AllComplain(); hour++)
        {
            _gateway.Clock.Advance(TimeSpan.FromMinutes(61));
            SpinWait.SpinUntil(AllComplain, TimeSpan.FromSeconds(4));
        }

        AllComplain().ShouldBeTrue(string.Join(", ", complaints.Where(one => !Says(one))));
        Store.Unreadable = null;
        _gateway.Clock.Advance(TimeSpan.FromSeconds(3));
        await shop.WriteAsync("alice", "still here");
        ((string?)(await module.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("still here");
        _gateway.Workers.Where(worker => worker.ExecuteTask is { IsCompleted: true }).ShouldBeEmpty();
        _gateway.Log.Lines.ShouldNotContain(line => line.Contains("although nobody stopped it"), "each knew what to do");
        _gateway.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeFalse();

        bool AllComplain() => complaints.All(Says);
        bool Says(string words) => _gateway.Log.Lines.Any(line => line.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // As a client's time-out says it: with a cancellation that nobody asked for.
    public async Task Given_reads_that_end_as_nobody_thought_of_When_everybody_has_met_it_Then_no_worker_rests_for_good_and_the_gateway_delivers_again(bool isCancellation)
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        Store.Unreadable = () => isCancellation ? new TaskCanceledException("It took too long.") : new InvalidOperationException("A bug.");
        for (var hour = 0; hour < 3; hour++)
        {
            var met = Store.ReadInVainAsync(_gateway.Workers.Count);
            _gateway.Clock.Advance(TimeSpan.FromMinutes(61));
            await met;
        }

        Store.Unreadable = null;
        while (_gateway.Workers.Any(worker => worker.ExecuteTask is { IsCompleted: true }))
        {
            var again = _gateway.Workers.Where(worker => worker.ExecuteTask is { IsCompleted: true }).ToList();
            _gateway.Clock.Advance(TimeSpan.FromSeconds(2));
            again.ForEach(worker => SpinWait.SpinUntil(() => worker.ExecuteTask is { IsCompleted: false }, TimeSpan.FromSeconds(20)).ShouldBeTrue($"{worker.GetType().Name} rests"));
        }

        await shop.WriteAsync("alice", "still here");
        ((string?)(await module.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("still here");
        _gateway.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeFalse();
    }
}
