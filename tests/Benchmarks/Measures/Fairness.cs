using System.Globalization;
using Benchmarks.Checks;
using Benchmarks.Load;

namespace Benchmarks.Measures;

/// <summary>
/// One account at 50 times its share, all of them linked to one module that takes its time: more comes than it can take, so that somebody has to wait.
/// Against the same others without that one.
/// </summary>
internal sealed class Fairness(Effort effort) : IMeasure
{
    private const int Times = 50;
    private const double LimitOfP99 = 2;

    /// <summary>So many attempts at once, each of this length: 640 a second at most.</summary>
    private const int InFlight = 32;

    private static readonly TimeSpan AnswerAfter = TimeSpan.FromMilliseconds(50);

    /// <summary>84 % of that from the others alone; with the noisy one 106 %.</summary>
    private const double OthersPerSecond = 540;

    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2);

    public string Name => "fairness";

    public string What => $"latency of 199 accounts beside one at {Times} times its share, one module for all";

    public string Against => "the 199 alone";

    public double Goal => 0; // Not a ratio: the verdict says it.

    public async Task<Measured> MeasureAsync()
    {
        var population = new Population(200, 1) { ModulesMax = 1 };
        await using var stage = await Stage.StartAsync(population, isLinked: true, new() { ["Delivery:InFlightPerModuleMax"] = InFlight.ToString(CultureInfo.InvariantCulture) });
        stage.Outside.AnswerAfter = AnswerAfter;
        using var load = new LoadGenerator(stage.Gateway.Url);
        var (noisy, quiet) = (new Workload(population, seed: 8) { ShareOfFirst = Times }, new Workload(population, seed: 9) { ShareOfFirst = 0 });
        var random = new Random(8);
        var (with, alone, first) = (new List<double>(), new List<double>(), new List<double>());
        var pairs = await Pairs.TakeAsync(
            effort.Rounds,
            async () =>
            {
                var (others, one) = await RoundAsync(stage, load, noisy, OthersPerSecond * (199 + Times) / 199, random);
                with.AddRange(others);
                first.AddRange(one);
                return Percentiles.Of(others, 0.99);
            },
            async () =>
            {
                var (others, _) = await RoundAsync(stage, load, quiet, OthersPerSecond, random);
                alone.AddRange(others);
                return Percentiles.Of(others, 0.99);
            });
        var ratios = pairs.Ours.Zip(pairs.Others, (a, b) => a / b).ToList();
        var ratio = Percentiles.Median(ratios);
        return new Measured(ratio, Show(with), Show(alone), ratios.Count)
        {
            Spread = string.Create(CultureInfo.InvariantCulture, $"{ratios.Min():0.00}–{ratios.Max():0.00}"),
            Verdict = new Verdict($"p99 ≤ {LimitOfP99:0} ×", string.Create(CultureInfo.InvariantCulture, $"p99 {ratio:0.00} ×"), ratio <= LimitOfP99),
            Note = $"the module takes {AnswerAfter.TotalMilliseconds:0} ms, {InFlight} at once; the noisy one itself waits {Show(first)}",
        };
    }

    private static async Task<(List<double> Others, List<double> First)> RoundAsync(Stage stage, LoadGenerator load, Workload workload, double perSecond, Random random, double seconds)
    {
        var requests = workload.Next((int)(perSecond * seconds));
        var sending = load.AtRate(requests, perSecond, random);
        await stage.Outside.ReachesAsync(requests.Count(request => !request.IsForged), Within);
        await stage.SettledAsync();
        var arrivals = stage.Outside.TakeArrivals();
        new RunCheck(stage.Population).Answers(sending, verifies: true).Copies(sending, arrivals).Refuse();
        return (sending.Latencies(arrivals, request => request.Account != 0), sending.Latencies(arrivals, request => request.Account == 0));
    }

    private Task<(List<double> Others, List<double> First)> RoundAsync(Stage stage, LoadGenerator load, Workload workload, double perSecond, Random random) =>
        RoundAsync(stage, load, workload, perSecond, random, effort.Duration.TotalSeconds);

    private static string Show(List<double> millis) => string.Create(CultureInfo.InvariantCulture, $"p50 {Percentiles.Of(millis, 0.5):0.0} ms, p99 {Percentiles.Of(millis, 0.99):0.0} ms");
}
