using ModuleGateway.Store;

namespace ModuleGateway;

/// <summary>Keeps a worker at work until the process ends: one that ends before, however that came, is said to have, and begins again.</summary>
/// <remarks>
/// Each worker catches what it knows in its own loop. Here is what nobody thought of, a cancellation among it that nobody asked for: the host would either
/// take the whole gateway down for it or, with the other setting, let the worker rest for good.
/// </remarks>
internal sealed partial class SteadyWorker<TWorker>(TWorker worker, StoreClock clock, ILogger<TWorker> log) : IHostedService, IDisposable
    where TWorker : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _watching = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await worker.StartAsync(cancellationToken);
        _watching = WatchAsync();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _watching;
        await worker.StopAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task WatchAsync()
    {
        while (true)
        {
            var work = worker.ExecuteTask ?? Task.CompletedTask;
            await work.WaitAsync(_stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stopping.IsCancellationRequested)
                return;

            Log.Ended(log, work.Exception?.GetBaseException(), typeof(TWorker).Name);
            await Task.Delay(Pause, clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stopping.IsCancellationRequested)
                return;
            await worker.StartAsync(_stopping.Token);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Error, "{Worker} has ended although nobody stopped it; it begins again in a second.")]
        public static partial void Ended(ILogger logger, Exception? error, string worker);
    }
}
