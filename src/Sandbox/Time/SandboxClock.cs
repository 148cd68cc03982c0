using Sandbox.Store;

namespace Sandbox.Time;

/// <summary>The time at LINE's platform: the machine's own, plus what the console has moved it forward.</summary>
/// <remarks>Thread-safe. It never goes back: tokens that have expired stay expired. Timers run on the machine's time; what waits for an instant here uses <see cref="WaitUntilAsync"/>, which a move wakes.</remarks>
internal sealed class SandboxClock : TimeProvider
{
    private const string OffsetKey = "clockOffset";
    private readonly TimeProvider _machine;
    private readonly DocumentStore _store;
    private readonly IReadOnlyList<ITimeFollower> _followers;
    private readonly Lock _lock = new();
    private TimeSpan _offset;
    private TaskCompletionSource _moved = NewSignal();

    private SandboxClock(TimeProvider machine, DocumentStore store, TimeSpan offset, IReadOnlyList<ITimeFollower> followers)
    {
        _followers = followers;
        _machine = machine;
        _store = store;
        _offset = offset;
    }

    /// <summary>The clock as it was left: a restart does not bring back the time before a move.</summary>
    public static SandboxClock Restore(TimeProvider machine, DocumentStore store, IEnumerable<ITimeFollower> followers)
    {
        var clock = new SandboxClock(machine, store, store.Find<TimeSpan>("setting", OffsetKey), [.. followers]);
        clock.Tell(clock.Offset);
        return clock;
    }

    /// <summary>How far this clock is ahead of the machine's: zero or more.</summary>
    public TimeSpan Offset
    {
        get
        {
            lock (_lock)
                return _offset;
        }
    }

    public override DateTimeOffset GetUtcNow() => _machine.GetUtcNow() + Offset;

    /// <summary>Moves the time forward and wakes everything whose instant has come.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    public void Move(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TaskCompletionSource moved;
        lock (_lock)
        {
            _offset += by;
            _store.Put("setting", OffsetKey, _offset);
            Tell(_offset);
            moved = _moved;
            _moved = NewSignal();
        }

        moved.SetResult();
    }

    /// <summary>Returns once this clock shows <paramref name="due"/> or later.</summary>
    public async Task WaitUntilAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task moved;
            lock (_lock)
                moved = _moved.Task;

            var left = due - GetUtcNow();
            if (left <= TimeSpan.Zero)
                return;

            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            // Rounded up, since a timer may fire up to a millisecond before its time and would then spin here.
            await Task.WhenAny(Task.Delay(left + TimeSpan.FromMilliseconds(1), _machine, enough.Token), moved);
            await enough.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private void Tell(TimeSpan offset)
    {
        foreach (var follower in _followers)
            follower.Follow(offset);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
