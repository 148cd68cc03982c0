namespace ControlModel.World;

/// <summary>The machine's time; spans that somebody waits for pass more quickly: workers that look every second look eight times as often.</summary>
internal class HastyClock : TimeProvider
{
    private const int Haste = 8;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new HastyTimer(base.CreateTimer(callback, state, Hasten(dueTime), Hasten(period)));

    private static TimeSpan Hasten(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / Haste;

    private sealed class HastyTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Hasten(dueTime), Hasten(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
