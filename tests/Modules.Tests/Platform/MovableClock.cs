namespace Modules.Tests.Platform;

/// <summary>The real clock, shifted: time still passes, and a test can skip what it does not want to wait for.</summary>
public sealed class MovableClock : TimeProvider
{
    private long _shiftTicks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shiftTicks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _shiftTicks, by.Ticks);
}
