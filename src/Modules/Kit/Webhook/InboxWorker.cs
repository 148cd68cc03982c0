using System.Net;
using Line;

namespace Modules.Kit;

/// <summary>Works the inbox off: in order within a chat, several chats at a time.</summary>
internal sealed partial class InboxWorker(Inbox inbox, IEventHandler handler, TimeProvider clock, ILogger<InboxWorker> logger) : BackgroundService
{
    private const int ChatsAtOnceMax = 8;
    private static readonly TimeSpan PruneInterval = TimeSpan.FromHours(1);

    // Long enough to outlast a restart of the platform; an answer that comes after ten minutes helps nobody.
    private static readonly TimeSpan[] RetryDelays =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new List<Task>();
        var pruneAt = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            if (clock.GetUtcNow() >= pruneAt)
            {
                inbox.Prune();
                pruneAt = clock.GetUtcNow() + PruneInterval;
            }

            await Task.WhenAll(running.Where(task => task.IsCompleted)); // Throws what the store threw: without it nothing can go on.
            running.RemoveAll(task => task.IsCompleted);
            var free = ChatsAtOnceMax - running.Count;
            var taken = free > 0 ? inbox.Take(free) : [];
            running.AddRange(taken.Select(received => WorkAsync(received, stoppingToken)));
            if (taken.Count == 0)
                await IdleAsync(free > 0 ? inbox.NextDueAt() : null, stoppingToken);
        }

        await Task.WhenAll(running);
    }

    private async Task WorkAsync(ReceivedEvent received, CancellationToken stoppingToken)
    {
        await Task.Yield(); // Off the loop, which must go on taking.
        try
        {
            await handler.HandleAsync(received, stoppingToken);
            inbox.Finish(received);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The event stays in doubt, as after a crash; the next start takes it up.
        }
        catch (LineApiException refusal) when (!refusal.IsTransient)
        {
            Log.Refused(logger, received.Seq, received.Event.Type, (int)refusal.Status, refusal.Message);
            inbox.Fail(received, $"{(int)refusal.Status} {refusal.Message}");
        }
        catch (Exception exception) // One bad event must not stop the others: it waits, and is given up after the last try.
        {
            // A refusal says that nothing was done; a server error or silence does not.
            var isInDoubt = exception is not (TryLaterException or LineApiException { Status: HttpStatusCode.TooManyRequests });
            var isPostponed = inbox.Postpone(received, RetryDelays, isInDoubt, exception.Message);
            Log.Failed(logger, exception, received.Seq, received.Event.Type, isPostponed);
            if (!isPostponed)
                inbox.Fail(received, exception.Message);
        }

        inbox.Wake(); // The chat's next event, or another chat's, may go now.
    }

    /// <summary>Waits for an arrival, an end of work, or the next event's time.</summary>
    private async Task IdleAsync(DateTimeOffset? dueAt, CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var arrival = inbox.ArrivalAsync(either.Token).AsTask();
        var wait = dueAt - clock.GetUtcNow();
        var due = Task.Delay(wait is null ? Timeout.InfiniteTimeSpan : wait > TimeSpan.Zero ? wait.Value : TimeSpan.Zero, clock, either.Token);
        await Task.WhenAny(arrival, due);
        await either.CancelAsync(); // Ends whichever of the two still waits.
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Event {Seq} ({Type}) was refused with {Status}: {Reason}")]
        public static partial void Refused(ILogger logger, long seq, string type, int status, string reason);

        [LoggerMessage(2, LogLevel.Warning, "Event {Seq} ({Type}) failed; it is tried again: {IsPostponed}")]
        public static partial void Failed(ILogger logger, Exception exception, long seq, string type, bool isPostponed);
    }
}
