namespace ControlModel.World;

/// <summary>Time that stands still until it is moved, so that each instant of a history is known; spans that somebody waits for pass, and quickly.</summary>
internal sealed class FrozenClock : TimeProvider
{
    /// <summary>Workers that look every second look eight times as often.</summary>
    private const int Haste = 8;

    private long _millis = new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public long Millis => Interlocked.Read(ref _millis);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Millis);

    public void Advance(long millis) => Interlocked.Add(ref _millis, millis);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new HastyTimer(base.CreateTimer(callback, state, Hasten(dueTime), Hasten(period)));

    private static TimeSpan Hasten(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / Haste;

    private sealed class HastyTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Hasten(dueTime), Hasten(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
