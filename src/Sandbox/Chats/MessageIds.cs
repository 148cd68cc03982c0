using System.Globalization;

namespace Sandbox.Chats;

/// <summary>Makes message ids: 18 decimal digits that only ever grow, also over a restart, since they start with the time.</summary>
internal sealed class MessageIds(TimeProvider clock)
{
    private long _last;

    public string Next()
    {
        while (true)
        {
            var last = Interlocked.Read(ref _last);
            var next = Math.Max(last + 1, clock.GetUtcNow().ToUnixTimeMilliseconds() * 100_000);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
                return next.ToString(CultureInfo.InvariantCulture);
        }
    }
}
