namespace ControlModel.World;

/// <summary>A process's own clock that differs from the store's.</summary>
internal sealed class SkewedClock(Func<long> storeMillis, long skewMillis) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(storeMillis() + skewMillis);
}
