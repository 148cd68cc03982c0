using System.Collections.Concurrent;
using Tenancy;

namespace ModuleGateway.Facade;

/// <summary>Counts, for each linkage, the ids of the last minute that its bot did not know: whoever tries ids at random is stopped before LINE is asked.</summary>
/// <remarks>Holds 60 instants for each linkage that missed within the last minute, and nothing for the others. Each process counts its own.</remarks>
internal sealed class MissWindow
{
    public const int PerMinuteMax = 60;

    /// <summary>Beyond this many linkages the ones that have been quiet for a minute are let go.</summary>
    private const int SweepAt = 4096;

    private static readonly TimeSpan Span = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<LinkageId, Misses> _byLinkage = new();
    private int _sweepAt = SweepAt;

    /// <summary>Linkages that are held.</summary>
    public int Count => _byLinkage.Count;

    /// <summary>Counts one more; false, and not counted, when there were 60 within the minute before <paramref name="now"/>.</summary>
    public bool TryCount(LinkageId linkage, DateTimeOffset now)
    {
        if (_byLinkage.Count >= Volatile.Read(ref _sweepAt))
            Sweep(now);

        while (true)
        {
            var misses = _byLinkage.GetOrAdd(linkage, static _ => new Misses());
            lock (misses)
            {
                if (misses.IsGone)
                    continue; // Swept away between the two lines: take a fresh one.
                return misses.TryAdd(now);
            }
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (linkage, misses) in _byLinkage)
        {
            lock (misses)
            {
                misses.IsGone = misses.Latest <= now - Span;
                if (misses.IsGone)
                    _byLinkage.TryRemove(linkage, out _);
            }
        }

        // Where most of them are still busy, the next look waits until there are twice as many: no look at all of them with each miss.
        Volatile.Write(ref _sweepAt, Math.Max(SweepAt, _byLinkage.Count * 2));
    }

    /// <summary>The instants of the last 60 misses, oldest overwritten first.</summary>
    private sealed class Misses
    {
        private readonly DateTimeOffset[] _at = new DateTimeOffset[PerMinuteMax];
        private int _next;

        public bool IsGone { get; set; }

        public DateTimeOffset Latest => _at[(_next + PerMinuteMax - 1) % PerMinuteMax];

        public bool TryAdd(DateTimeOffset now)
        {
            if (_at[_next] > now - Span)
                return false;

            _at[_next] = now;
            _next = (_next + 1) % PerMinuteMax;
            return true;
        }
    }
}
