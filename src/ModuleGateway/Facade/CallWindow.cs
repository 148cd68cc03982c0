using System.Collections.Concurrent;

namespace ModuleGateway.Facade;

/// <summary>Counts what each caller did within the last while, and stops whoever did it too often.</summary>
/// <param name="max">How often is not too often.</param>
/// <param name="per">Within which time.</param>
/// <remarks>Holds so many instants for each caller that did it within that time, and nothing for the others. Each process counts its own.</remarks>
internal sealed class CallWindow<TKey>(int max, TimeSpan per) where TKey : notnull
{
    /// <summary>Beyond this many callers the ones that have been quiet are let go.</summary>
    private const int SweepAt = 4096;

    private readonly ConcurrentDictionary<TKey, Times> _byCaller = new();
    private int _sweepAt = SweepAt;

    /// <summary>Callers that are held.</summary>
    public int Count => _byCaller.Count;

    /// <summary>Counts one more; false, and not counted, when there were as many as may be within the time before <paramref name="now"/>.</summary>
    public bool TryCount(TKey caller, DateTimeOffset now)
    {
        if (_byCaller.Count >= Volatile.Read(ref _sweepAt))
            Sweep(now);

        while (true)
        {
            var times = _byCaller.GetOrAdd(caller, static (_, max) => new Times(max), max);
            lock (times)
            {
                if (times.IsGone)
                    continue; // Swept away between the two lines: take a fresh one.
                return times.TryAdd(now, per);
            }
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (caller, times) in _byCaller)
        {
            lock (times)
            {
                times.IsGone = times.Latest <= now - per;
                if (times.IsGone)
                    _byCaller.TryRemove(caller, out _);
            }
        }

        // Where most of them are still busy, the next look waits until there are twice as many: no look at all of them with each miss.
        Volatile.Write(ref _sweepAt, Math.Max(SweepAt, _byCaller.Count * 2));
    }

    /// <summary>The instants of the last ones, oldest overwritten first.</summary>
    private sealed class Times(int max)
    {
        private readonly DateTimeOffset[] _at = new DateTimeOffset[max];
        private int _next;

        public bool IsGone { get; set; }

        public DateTimeOffset Latest => _at[(_next + _at.Length - 1) % _at.Length];

        public bool TryAdd(DateTimeOffset now, TimeSpan per)
        {
            if (_at[_next] > now - per)
                return false;

            _at[_next] = now;
            _next = (_next + 1) % _at.Length;
            return true;
        }
    }
}
