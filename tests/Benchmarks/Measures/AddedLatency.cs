using System.Globalization;
using Benchmarks.Checks;
using Benchmarks.Load;
using Benchmarks.Servers;

namespace Benchmarks.Measures;

/// <summary>What the gateway adds on the whole way at a given rate. Open loop: latency counts from the instant at which LINE was to send, however late that came about.</summary>
internal sealed class AddedLatency(Effort effort, int perSecond) : IMeasure
{
    private const double MaxOverFlushP50 = 2;   // Milliseconds.
    private const double MaxOverFlushP99 = 15;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    public string Name => $"latency-{perSecond}";

    public string What => string.Create(CultureInfo.InvariantCulture, $"added latency of the whole way at {perSecond} events/s");

    public string Against => "the forwarder at the same rate";

    public double Goal => 0; // Not a ratio: the verdict says it.

    public async Task<Measured> MeasureAsync()
    {
        await using var stage = await Stage.StartAsync(new Population(200, 1), isLinked: true);
        await using var forwarder = await stage.StartAsync(ServerKinds.Forward, stage.Population);
        using var ours = new LoadGenerator(stage.Gateway.Url);
        using var theirs = new LoadGenerator(forwarder.Url);
        var workload = new Workload(stage.Population, seed: 7);
        var random = new Random(7);
        var (added50, added99) = (new List<double>(), new List<double>());
        var (mine, other) = (new List<double>(), new List<double>());
        for (var round = -1; round < effort.Rounds; round++)
        {
            var a = await RoundAsync(stage, ours, workload, random, isGateway: true);
            stage.Flush.Sample();
            var b = await RoundAsync(stage, theirs, workload, random, isGateway: false);
            if (round < 0)
                continue; // Caches, pools, compilers.

            added50.Add(Percentiles.Of(a, 0.5) - Percentiles.Of(b, 0.5));
            added99.Add(Percentiles.Of(a, 0.99) - Percentiles.Of(b, 0.99));
            mine.AddRange(a);
            other.AddRange(b);
        }

        var (p50, p99) = (Percentiles.Median(added50), Percentiles.Median(added99));
        var flush = stage.Flush;
        return new Measured(Percentiles.Median(mine) / Percentiles.Median(other), Show(mine), Show(other), effort.Rounds)
        {
            Spread = string.Create(CultureInfo.InvariantCulture, $"p50 {added50.Min():+0.0;-0.0}–{added50.Max():+0.0;-0.0}, p99 {added99.Min():+0.0;-0.0}–{added99.Max():+0.0;-0.0} ms"),
            Verdict = new Verdict(
                string.Create(CultureInfo.InvariantCulture, $"p50 ≤ +{flush.P50 + MaxOverFlushP50:0.0} ms, p99 ≤ +{flush.P99 + MaxOverFlushP99:0.0} ms"),
                string.Create(CultureInfo.InvariantCulture, $"p50 {p50:+0.0;-0.0} ms, p99 {p99:+0.0;-0.0} ms"),
                p50 <= flush.P50 + MaxOverFlushP50 && p99 <= flush.P99 + MaxOverFlushP99),
            Note = $"{mine.Count} events through the gateway; {flush}",
        };
    }

    /// <returns>Milliseconds from the instant at which each event was due to the module's having it.</returns>
    private async Task<List<double>> RoundAsync(Stage stage, LoadGenerator load, Workload workload, Random random, bool isGateway)
    {
        var requests = workload.Next((int)(perSecond * effort.Duration.TotalSeconds));
        var sending = load.AtRate(requests, perSecond, random);
        await stage.Outside.ReachesAsync(requests.Count(request => !isGateway || !request.IsForged), Within);
        if (isGateway)
            await stage.SettledAsync();
        var arrivals = stage.Outside.TakeArrivals();
        var check = new RunCheck(stage.Population).Answers(sending, verifies: isGateway);
        (isGateway ? check.Copies(sending, arrivals) : check.Forwarded(sending, arrivals)).Refuse();
        return sending.Latencies(arrivals, _ => true);
    }

    private static string Show(List<double> millis) =>
        string.Create(CultureInfo.InvariantCulture, $"p50 {Percentiles.Of(millis, 0.5):0.0} ms, p99 {Percentiles.Of(millis, 0.99):0.0} ms");
}
