using Sandbox.Time;

namespace Marketplace.Hosting;

/// <summary>One time for all rooms: the machine's, plus what LINE's console or the phone has moved it forward.</summary>
/// <remarks>
/// Without it a moved hour would be one at LINE alone: its tokens would end while the gateway holds them for fresh, and no hold of ours would run out.
/// Timers are the machine's: they measure spans, and whoever waits for an instant looks again within a second.
/// </remarks>
internal sealed class MarketClock : TimeProvider, ITimeFollower
{
    private long _aheadTicks;

    public void Follow(TimeSpan ahead) => Interlocked.Exchange(ref _aheadTicks, ahead.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _aheadTicks));
}
