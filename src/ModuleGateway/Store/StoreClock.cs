namespace ModuleGateway.Store;

/// <summary>The gateway's time: the machine's, but never below an instant that it has shown or that the store holds.</summary>
/// <remarks>
/// A clock that is set back would let holds, reservations and reply tokens live again. Here time stands still until the machine has caught up.
/// Thread-safe. Timers are the machine's: they measure spans, which a clock that is set back does not stretch.
/// </remarks>
internal sealed class StoreClock(TimeProvider machine) : TimeProvider
{
    private long _latestTicks;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override DateTimeOffset GetUtcNow()
    {
        var now = machine.GetUtcNow().UtcTicks;
        var latest = Raise(now);
        return new DateTimeOffset(latest, TimeSpan.Zero);
    }

    /// <summary>Takes up an instant that was written before this process began.</summary>
    public void NotBefore(DateTimeOffset instant) => Raise(instant.UtcTicks);

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);

    private long Raise(long ticks)
    {
        var latest = Volatile.Read(ref _latestTicks);
        while (ticks > latest)
        {
            var seen = Interlocked.CompareExchange(ref _latestTicks, ticks, latest);
            if (seen == latest)
                return ticks;
            latest = seen;
        }

        return latest;
    }
}
