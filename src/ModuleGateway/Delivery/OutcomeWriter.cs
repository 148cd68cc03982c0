using System.Security.Cryptography;
using System.Text;
using Line;
using ModuleGateway.Journal;
using ModuleGateway.Security;
using ModuleGateway.Store;

namespace ModuleGateway.Delivery;

/// <summary>How one attempt ended, on its way into the store.</summary>
/// <param name="State">What the delivery is afterwards.</param>
/// <param name="Wait">Until the next attempt; null when there is none.</param>
internal readonly record struct AttemptEnd(long DeliveryId, Attempt Attempt, DeliveryState State, TimeSpan? Wait)
{
    /// <summary>When its failures began; null where this is the first, or none.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <inheritdoc cref="DeliveryRow.AsideTries"/>
    public int AsideTries { get; init; }

    /// <summary>With whose key the beginning of the answer is sealed; null: it is not kept.</summary>
    public BotId? Bot { get; init; }
}

/// <summary>Writes outcomes in groups: what ends within a few milliseconds shares one transaction, and with it one flush.</summary>
/// <remarks>An outcome that a crash takes with it costs a second copy, marked as such; a flush for each would cost every event one.</remarks>
internal sealed partial class OutcomeWriter(IGatewayStore store, Vault vault, StoreClock clock, ILogger<OutcomeWriter> log)
{
    private const int GroupMax = 256;
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Group? _gathering;

    /// <summary>Completes when these are in the store, however often it takes; cancelled with the term in which they were made.</summary>
    public Task WriteAsync(IReadOnlyList<AttemptEnd> ends, CancellationToken ended)
    {
        Group group;
        lock (_gate)
        {
            if (_gathering is { } other && other.Ended != ended)
                Close(other); // Of a term that ended: what this one has to say does not go with it.
            group = _gathering ??= Begin(ended);
            group.Ends.AddRange(ends);
            if (group.Ends.Count >= GroupMax)
                Close(group);
        }

        return group.Written.Task;
    }

    /// <summary>Writes what is gathered now.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
        {
            if (_gathering is not { } group)
                return Task.CompletedTask;
            Close(group);
            return group.Written.Task;
        }
    }

    private Group Begin(CancellationToken ended)
    {
        var group = new Group(ended);
        group.Timer = clock.CreateTimer(
            _ =>
            {
                lock (_gate)
                    Close(group);
            },
            null, GatherFor, Timeout.InfiniteTimeSpan);
        return group;
    }

    private void Close(Group group)
    {
        if (_gathering != group)
            return;

        _gathering = null;
        group.Timer?.Dispose();
        _ = Task.Run(() => WriteAsync(group));
    }

    private async Task WriteAsync(Group group)
    {
        try
        {
            while (!await TryWriteAsync(group))
                await Task.Delay(RetryDelay, clock, group.Ended);
            group.Written.SetResult();
        }
        catch (OperationCanceledException)
        {
            group.Written.SetCanceled(group.Ended);
        }
        catch (Exception error) // Handed to the lanes that wait for it.
        {
            group.Written.SetException(error);
        }
    }

    private async Task<bool> TryWriteAsync(Group group)
    {
        try
        {
            var answers = group.Ends.ConvertAll(SealAnswer);
            return await store.WriteAsync(tx =>
            {
                for (var i = 0; i < group.Ends.Count; i++)
                    tx.Deliveries.Record(Outcome(group.Ends[i], answers[i], tx.Now));
                return true;
            });
        }
        catch (StoreUnavailableException error)
        {
            Log.OutcomesDelayed(log, error, group.Ends.Count);
            return false;
        }
    }

    private static AttemptOutcome Outcome(AttemptEnd end, byte[]? sealedAnswer, DateTimeOffset now) =>
        new(end.DeliveryId, now, end.Attempt.Status, end.Attempt.Error, end.Attempt.Millis, end.State, now + end.Wait)
        {
            FailingSince = end.Attempt.Succeeded ? null : end.FailingSince ?? now,
            AsideTries = end.AsideTries,
            SealedAnswer = sealedAnswer,
        };

    private byte[]? SealAnswer(AttemptEnd end)
    {
        if (end is not { Bot: { } bot, Attempt.AnswerStart: { } text })
            return null;

        try
        {
            return vault.Bodies(bot).Seal(Encoding.UTF8.GetBytes(text));
        }
        catch (Exception error) when (error is CryptographicException or InvalidOperationException or StoreUnavailableException) // The outcome is worth more than the answer's first words, and so are its neighbours'.
        {
            Log.AnswerNotKept(log, error, end.DeliveryId);
            return null;
        }
    }

    private sealed class Group(CancellationToken ended)
    {
        public List<AttemptEnd> Ends { get; } = [];

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationToken Ended { get; } = ended;

        public ITimer? Timer { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(206, LogLevel.Error, "The outcomes of {Count} deliveries could not be recorded; tried again in a second.")]
        public static partial void OutcomesDelayed(ILogger logger, Exception error, int count);

        [LoggerMessage(217, LogLevel.Error, "How the answer to delivery {DeliveryId} began could not be sealed; its outcome is recorded without it.")]
        public static partial void AnswerNotKept(ILogger logger, Exception error, long deliveryId);
    }
}
