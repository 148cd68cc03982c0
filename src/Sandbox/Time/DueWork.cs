namespace Sandbox.Time;

/// <summary>Work that LINE answers 202 to and does afterwards: batches, audiences, narrowcasts.</summary>
/// <remarks>
/// What is due is done by a timer, and before that by whoever asks how far it is: after the clock has been moved the next answer is already the later one.
/// The work itself is kept nowhere here; each book puts its unfinished things back at the start. Thread-safe; one piece of work at a time, in the order of their instants.
/// </remarks>
internal sealed partial class DueWork(SandboxClock clock, ILogger<DueWork> logger) : IHostedService, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Lock _running = new();
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Number)> _waiting = new();
    private readonly CancellationTokenSource _stopping = new();
    private long _lastNumber;

    /// <summary>Has the work done at that instant or soon after it; never inside this call.</summary>
    public void At(DateTimeOffset due, Action work)
    {
        lock (_lock)
            _waiting.Enqueue(work, (due, ++_lastNumber));
        _ = WakeAsync(due);
    }

    /// <summary>Does what is due now and returns when it is done. Hold no lock of a book here: the work takes them.</summary>
    public void Catch()
    {
        lock (_running)
        {
            while (TryTake() is { } work)
                Guarded(work);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => _stopping.CancelAsync();

    public void Dispose() => _stopping.Dispose();

    private async Task WakeAsync(DateTimeOffset due)
    {
        try
        {
            await clock.WaitUntilAsync(due, _stopping.Token);
            await Task.Yield(); // A move of the clock wakes us in the mover's own call.
            Catch();
        }
        catch (OperationCanceledException)
        {
            // The program stops; the books know what was unfinished.
        }
    }

    private Action? TryTake()
    {
        lock (_lock)
            return !_stopping.IsCancellationRequested && _waiting.TryPeek(out _, out var first) && first.At <= clock.GetUtcNow() ? _waiting.Dequeue() : null;
    }

    /// <summary>A fault in one piece of work must not stop the ones behind it.</summary>
    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception failure)
        {
            Log.WorkFailed(logger, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A piece of accepted work broke off.")]
        public static partial void WorkFailed(ILogger logger, Exception failure);
    }
}
