using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using ModuleGateway.Store;

namespace ModuleGateway.Tests;

/// <summary>No worker of the gateway ends before the process does.</summary>
public sealed class SteadyWorkerTests
{
    private readonly TestClock _clock = new();

    [Theory]
    [InlineData("fails")]
    [InlineData("is cancelled")]
    [InlineData("returns")]
    public async Task Given_a_worker_that_ends_although_nobody_stopped_it_When_a_second_has_passed_Then_it_works_again(string how)
    {
        using var worker = new Mortal(how);
        using var steady = new SteadyWorker<Mortal>(worker, new StoreClock(_clock), NullLogger<Mortal>.Instance);
        await steady.StartAsync(CancellationToken.None);
        for (var life = 1; life <= 3; life++)
        {
            await worker.BegunAsync();
            worker.End();
            await _clock.WaitedForAsync(TimeSpan.FromSeconds(1));
            _clock.Advance(TimeSpan.FromSeconds(1.1));
        }

        await worker.BegunAsync();
        await steady.StopAsync(CancellationToken.None);
        worker.ExecuteTask!.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Given_the_gateway_When_it_runs_Then_each_of_its_workers_is_kept_at_work()
    {
        var gateway = new GatewayHost();
        await gateway.InitializeAsync();
        try
        {
            var hosted = gateway.Services.GetServices<IHostedService>().ToList();
            hosted.OfType<BackgroundService>().ShouldBeEmpty("whoever hosts one as it is lets it end");
            var kept = hosted.Select(one => one.GetType()).Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(SteadyWorker<>)).Select(type => type.GenericTypeArguments[0]);
            kept.ShouldBe(gateway.Workers.Select(worker => worker.GetType()), ignoreOrder: true);
        }
        finally
        {
            await gateway.DisposeAsync();
        }
    }

    private sealed class Mortal(string how) : BackgroundService
    {
        private readonly SemaphoreSlim _begun = new(0);
        private TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task BegunAsync() => (await _begun.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue();

        public void End() => _end.SetResult();

        public override void Dispose()
        {
            _begun.Dispose();
            base.Dispose();
        }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var end = _end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _begun.Release();
            await end.Task.WaitAsync(stoppingToken);
            if (how == "fails")
                throw new InvalidOperationException("Nobody thought of it.");
            if (how == "is cancelled")
                throw new TaskCanceledException("It took too long.");
        }
    }
}
