using System.Globalization;

namespace Benchmarks;

/// <summary>What rounds of A and B gave, taken in turns, so that a noisy neighbour meets both.</summary>
internal sealed record Pairs(IReadOnlyList<double> Ours, IReadOnlyList<double> Others)
{
    /// <summary>Takes one pair that does not count, for caches, pools and compilers, and then so many that do.</summary>
    public static async Task<Pairs> TakeAsync(int rounds, Func<Task<double>> ours, Func<Task<double>> other)
    {
        await ours();
        await other();
        var (a, b) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            a.Add(await ours());
            b.Add(await other());
        }

        return new Pairs(a, b);
    }

    /// <summary>They are rates: more is better, and ours by the other's is the ratio.</summary>
    public Measured AsRates(string note)
    {
        var ratios = Ours.Zip(Others, (mine, theirs) => mine / theirs).ToList();
        return new Measured(Percentiles.Median(ratios), Rate(Ours), Rate(Others), ratios.Count)
        {
            Spread = string.Create(CultureInfo.InvariantCulture, $"{ratios.Min():0.00}–{ratios.Max():0.00}"), Note = note,
        };
    }

    private static string Rate(IEnumerable<double> rates) => string.Create(CultureInfo.InvariantCulture, $"{Percentiles.Median(rates):0}/s");
}
