using System.Diagnostics;
using System.Globalization;

namespace Benchmarks;

/// <summary>Takes A and B in turns, so that a noisy neighbour meets both; the median of the pairs is the ratio.</summary>
internal static class Alternating
{
    /// <summary>Pairs, at least five.</summary>
    public const int Rounds = 9;

    /// <summary>How many times as fast <paramref name="ours"/> is as <paramref name="other"/>.</summary>
    /// <param name="ours">Does the given number of operations.</param>
    /// <param name="other">Does the given number of the other's operations.</param>
    /// <param name="operations">Of each, in each round.</param>
    public static async Task<Measured> SpeedAsync(Func<int, ValueTask> ours, Func<int, ValueTask> other, int operations)
    {
        await ours(operations / 10 + 1); // Once beside the count: caches, pools, connections.
        await other(operations / 10 + 1);
        var (a, b) = (new double[Rounds], new double[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            a[round] = await NanosecondsAsync(ours, operations);
            b[round] = await NanosecondsAsync(other, operations);
        }

        double[] ratios = [.. a.Zip(b, (mine, theirs) => theirs / mine)];
        return new Measured(Median(ratios), Show(Median(a)), Show(Median(b)), Rounds) { Spread = string.Create(CultureInfo.InvariantCulture, $"{ratios.Min():0.00}–{ratios.Max():0.00}") };
    }

    /// <summary>Bytes that one operation allocates on this thread.</summary>
    public static double BytesAllocated(Action<int> work, int operations)
    {
        work(operations / 10 + 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        work(operations);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)operations;
    }

    private static async Task<double> NanosecondsAsync(Func<int, ValueTask> work, int operations)
    {
        var started = Stopwatch.GetTimestamp();
        await work(operations);
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / operations;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static string Show(double nanoseconds) => nanoseconds switch
    {
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:0.0} ns"),
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1000:0.0} µs"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1_000_000:0.0} ms"),
    };
}
