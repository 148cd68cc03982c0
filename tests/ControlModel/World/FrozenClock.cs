namespace ControlModel.World;

/// <summary>Time that stands still until it is moved, so that each instant of a history is known. Spans that somebody waits for pass all the same.</summary>
internal sealed class FrozenClock : HastyClock
{
    private long _millis = new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public long Millis => Interlocked.Read(ref _millis);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Millis);

    public void Advance(long millis) => Interlocked.Add(ref _millis, millis);
}
