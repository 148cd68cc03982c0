using Line;
using Microsoft.Extensions.Options;
using Sandbox.Channels;
using Sandbox.Faults;
using Sandbox.Time;

namespace Sandbox.Webhooks;

/// <summary>Sends what is owed: in order within (channel, chat), parallel across; what failed is sent again, aside, while its channel wants that.</summary>
/// <remarks>
/// Waiting deliveries live in memory: LINE promises no delivery either, so a receiver must survive a webhook that never comes.
/// Queues are bounded by <see cref="WebhookOptions.WaitingMax"/>; beyond it an event is dropped and logged so.
/// </remarks>
internal sealed partial class WebhookDispatcher(
    WebhookAttempts attempts, ChannelDirectory channels, FaultBook faults, SandboxClock clock, IOptions<SandboxOptions> options,
    ILogger<WebhookDispatcher> logger) : IHostedService, IDisposable
{
    private readonly WebhookOptions _options = options.Value.Webhooks;
    private readonly SemaphoreSlim _slots = new(options.Value.Webhooks.ParallelMax);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<(ChannelId, BotId, string?), Lane> _lanes = [];
    private readonly HashSet<Task> _running = [];
    private int _waiting;

    /// <summary>Queues a delivery and returns at once; the task ends after its first attempt.</summary>
    public Task Enqueue(WebhookDelivery delivery)
    {
        var owed = new Owed(delivery, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            if (_waiting >= _options.WaitingMax)
            {
                attempts.Dropped(delivery);
                return Task.CompletedTask;
            }

            _waiting++;
            var key = (delivery.Receiver, delivery.BotId, delivery.Peer);
            if (_lanes.TryGetValue(key, out var lane))
            {
                lane.Queue.Enqueue(owed);
            }
            else
            {
                _lanes[key] = lane = new Lane();
                lane.Queue.Enqueue(owed);
                Run(() => RunLaneAsync(key, lane));
            }
        }

        return owed.Tried.Task;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stops sending; what still waits is gone.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        Task[] running;
        lock (_lock)
            running = [.. _running];
        await Task.WhenAll(running).WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _slots.Dispose();
    }

    private async Task RunLaneAsync((ChannelId, BotId, string?) key, Lane lane)
    {
        while (true)
        {
            Owed owed;
            lock (_lock)
            {
                if (_stopping.IsCancellationRequested || !lane.Queue.TryDequeue(out owed!))
                {
                    _lanes.Remove(key);
                    return;
                }
            }

            await GuardedAsync(() => FirstAttemptAsync(owed));
        }
    }

    private async Task FirstAttemptAsync(Owed owed)
    {
        var delivery = owed.Delivery;
        try
        {
            if (faults.Take(FaultKind.WebhookReorder, delivery.BotId) is { } late)
            {
                Run(() => LaterAsync(delivery, late.Delay));
                return;
            }

            if (faults.Take(FaultKind.WebhookDelay, delivery.BotId) is { } slow)
                await clock.WaitUntilAsync(clock.GetUtcNow() + slow.Delay, _stopping.Token);

            await SendAsync(delivery);
        }
        finally
        {
            owed.Tried.TrySetResult();
        }
    }

    private async Task LaterAsync(WebhookDelivery delivery, TimeSpan delay)
    {
        await clock.WaitUntilAsync(clock.GetUtcNow() + delay, _stopping.Token);
        await SendAsync(delivery);
    }

    private async Task SendAsync(WebhookDelivery delivery)
    {
        var startedAt = clock.GetUtcNow();
        var isDone = await AttemptAsync(delivery, attempt: 1);
        if (faults.Take(FaultKind.WebhookDuplicate, delivery.BotId) is not null)
            await AttemptAsync(delivery, attempt: 1);

        if (isDone)
            Interlocked.Decrement(ref _waiting);
        else
            Run(() => RedeliverAsync(delivery, startedAt));
    }

    /// <summary>LINE keeps no order between redeliveries and what came after, so these go aside and hold up nobody.</summary>
    /// <param name="startedAt">When the attempt that failed was begun: the next one's delay counts from there.</param>
    private async Task RedeliverAsync(WebhookDelivery delivery, DateTimeOffset startedAt)
    {
        var attempt = 1;
        foreach (var delay in _options.Retries)
        {
            await clock.WaitUntilAsync(startedAt + delay, _stopping.Token);
            startedAt = clock.GetUtcNow();
            if (!channels.TryFind(delivery.Receiver, out var channel) || !channel.Redelivers || await AttemptAsync(delivery, ++attempt))
                break;
        }

        Interlocked.Decrement(ref _waiting);
    }

    private async Task<bool> AttemptAsync(WebhookDelivery delivery, int attempt)
    {
        await _slots.WaitAsync(_stopping.Token);
        try
        {
            return await attempts.TryAsync(delivery, attempt, _stopping.Token);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Starts work that ends when it is done or when the program stops, and that <see cref="StopAsync"/> waits for.</summary>
    private void Run(Func<Task> work)
    {
        var task = Task.Run(() => GuardedAsync(work));
        lock (_lock)
            _running.Add(task);

        _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>A fault in one delivery must not stop the ones behind it.</summary>
    private async Task GuardedAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The program stops: what still waited is gone, as said above.
        }
        catch (Exception failure)
        {
            Log.DeliveryFailed(logger, failure);
        }
    }

    private void Forget(Task task)
    {
        lock (_lock)
            _running.Remove(task);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A webhook delivery broke off.")]
        public static partial void DeliveryFailed(ILogger logger, Exception failure);
    }

    private sealed class Lane
    {
        public Queue<Owed> Queue { get; } = [];
    }

    private sealed record Owed(WebhookDelivery Delivery, TaskCompletionSource Tried);
}
