using System.Diagnostics;
using Benchmarks.Checks;

namespace Benchmarks.Load;

/// <summary>What became of the requests of one round, place by place. Instants are <see cref="Stopwatch"/>'s, of this process.</summary>
internal sealed class Sending(IReadOnlyList<LoadRequest> requests)
{
    public IReadOnlyList<LoadRequest> Requests { get; } = requests;

    /// <summary>When each was due; without a schedule, when it was sent. Latencies count from here: a generator that waits for its server hides what its server owes.</summary>
    public long[] DueAt { get; } = new long[requests.Count];

    public long[] SentAt { get; } = new long[requests.Count];

    public long[] AnsweredAt { get; } = new long[requests.Count];

    public int[] Status { get; } = new int[requests.Count];

    public long StartedAt { get; set; }

    public long EndedAt { get; set; }

    public double AnsweredPerSecond => Requests.Count / Stopwatch.GetElapsedTime(StartedAt, EndedAt).TotalSeconds;

    /// <summary>How many came to modules each second, until the last of them was there.</summary>
    public double ArrivedPerSecond(IReadOnlyList<Arrival> arrivals) => arrivals.Count / Stopwatch.GetElapsedTime(StartedAt, arrivals.Max(arrival => arrival.At)).TotalSeconds;

    /// <summary>Milliseconds from the instant at which each event was due to its first copy's being at a module.</summary>
    /// <param name="arrivals">All that came to modules.</param>
    /// <param name="counts">Which events count.</param>
    public List<double> Latencies(IReadOnlyList<Arrival> arrivals, Func<LoadRequest, bool> counts)
    {
        var due = Requests.Index().Where(one => counts(one.Item)).ToDictionary(one => one.Item.EventId, one => DueAt[one.Index]);
        var millis = new List<double>(due.Count);
        foreach (var arrival in arrivals.OrderBy(arrival => arrival.At))
        {
            foreach (var id in RunCheck.EventIds(arrival.Body))
            {
                if (due.Remove(id, out var at))
                    millis.Add(Stopwatch.GetElapsedTime(at, arrival.At).TotalMilliseconds);
            }
        }

        return millis;
    }
}
