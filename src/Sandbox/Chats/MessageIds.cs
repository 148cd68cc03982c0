using System.Globalization;

namespace Sandbox.Chats;

/// <summary>Makes message ids: 18 decimal digits that only ever grow, also over a restart, since they start with the time.</summary>
internal sealed class MessageIds(TimeProvider clock)
{
    private const long PerMillisecond = 100_000;
    private long _last;

    /// <summary>When a message of this id was made; the beginning of time for a text that is none of ours.</summary>
    public static DateTimeOffset TimeOf(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? DateTimeOffset.FromUnixTimeMilliseconds(number / PerMillisecond) : DateTimeOffset.MinValue;

    public string Next()
    {
        while (true)
        {
            var last = Interlocked.Read(ref _last);
            var next = Math.Max(last + 1, clock.GetUtcNow().ToUnixTimeMilliseconds() * PerMillisecond);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
                return next.ToString(CultureInfo.InvariantCulture);
        }
    }
}
