using System.Globalization;
using Benchmarks.Checks;
using Benchmarks.Load;

namespace Benchmarks.Measures;

/// <summary>What grows in a gateway's life, and by how much here.</summary>
/// <param name="Small">The small case.</param>
/// <param name="Large">The large one.</param>
/// <param name="Sending">Accounts that events come from, in the large case.</param>
/// <param name="JournalRows">Events, all delivered, that the large case has in its journal before it starts.</param>
internal sealed record Growing(string Name, string What, Population Small, Population Large, int Sending, long JournalRows);

/// <summary>
/// A large gateway against a small one in the same run, in turns: webhooks taken a second, and the whole way's latency at a moderate rate. Where accounts
/// grow also what each of them costs in memory, from a collected heap right after the start: caches are empty then.
/// </summary>
internal sealed class Growth(Effort effort, Growing growing) : IMeasure
{
    private const double Allowed = 0.15;
    private const int PerSecond = 100;
    private const int Originals = 5_000;
    private const int BytesPerAccount = 1024;
    private const int BytesPerLinkage = 512;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2);

    public string Name => $"growth-{growing.Name}";

    public string What => growing.What;

    public string Against => "the small case";

    public double Goal => 0; // Not a ratio: the verdict says it.

    /// <param name="effort">A tenth of the promise's size unless the large form is asked for.</param>
    public static IReadOnlyList<Growth> All(Effort effort)
    {
        var accounts = effort.IsLarge ? 100_000 : 10_000;
        var rows = effort.IsLarge ? 10_000_000L : 1_000_000L;
        var (usual, few, many) = (new Population(200, 1), new Population(10, 1), new Population(accounts, 1) { ModulesMax = 10 });
        return
        [
            new(effort, new Growing("accounts", $"10 → {accounts} accounts, events of 10", few, many, few.Accounts, 0)),
            new(effort, new Growing("senders", $"10 → {accounts} accounts, events of all", few, many, many.Accounts, 0)),
            new(effort, new Growing("modules", "1 → 8 modules for each of 200 accounts", usual, new Population(200, 8), usual.Accounts, 0)),
            new(effort, new Growing("journal", $"0 → {rows / 1e6:0} million delivered events in the journal", usual, usual, usual.Accounts, rows)),
        ];
    }

    public async Task<Measured> MeasureAsync()
    {
        await using var small = await Stage.StartAsync(growing.Small, isLinked: true);
        await using var large = await Stage.StartAsync(growing.Large, isLinked: true);
        if (growing.JournalRows > 0)
            await FillAsync(large);
        await small.RestartAsync(_ => { });
        await large.RestartAsync(_ => { });
        var starts = (Small: small.Gateway.StartTime, Large: large.Gateway.StartTime);
        var heaps = (Small: await small.Gateway.HeapBytesAsync(), Large: await large.Gateway.HeapBytesAsync());
        var (rates, latencies) = await TakeAsync(small, large);

        var rate = Percentiles.Median(rates.Ours.Zip(rates.Others, (a, b) => a / b));
        var latency = Percentiles.Median(latencies.Ours.Zip(latencies.Others, (a, b) => a / b));
        var memory = Memory(heaps.Large - heaps.Small);
        return new Measured(rate, Show(rates.Ours, latencies.Ours), Show(rates.Others, latencies.Others), rates.Ours.Count)
        {
            Spread = string.Create(CultureInfo.InvariantCulture, $"{rates.Ours.Zip(rates.Others, (a, b) => a / b).Min():0.00}–{rates.Ours.Zip(rates.Others, (a, b) => a / b).Max():0.00}"),
            Verdict = new Verdict(
                $"webhooks/s ≥ {1 - Allowed} ×, p50 ≤ {1 + Allowed} ×{memory?.Goal}",
                string.Create(CultureInfo.InvariantCulture, $"{rate:0.00} ×, p50 {latency:0.00} ×{memory?.Found}"),
                rate >= 1 - Allowed && latency <= 1 + Allowed && memory?.IsMet != false),
            Note = string.Create(CultureInfo.InvariantCulture, $"start {starts.Large.TotalSeconds:0.0} s and {starts.Small.TotalSeconds:0.0} s, heap {heaps.Large / 1048576.0:0} MB and {heaps.Small / 1048576.0:0} MB, resident {large.Gateway.ResidentBytes / 1048576} MB and {small.Gateway.ResidentBytes / 1048576} MB"),
        };
    }

    /// <summary>What accounts and linkages cost; null where none were added.</summary>
    private Verdict? Memory(long bytes)
    {
        var (accounts, linkages) = (growing.Large.Accounts - growing.Small.Accounts, growing.Large.Accounts * growing.Large.ModulesPerAccount - growing.Small.Accounts * growing.Small.ModulesPerAccount);
        if (linkages == 0)
            return null;

        var allowed = (long)accounts * BytesPerAccount + (long)linkages * BytesPerLinkage;
        return new Verdict(
            string.Create(CultureInfo.InvariantCulture, $", ≤ {allowed / linkages} B a linkage with its account"), string.Create(CultureInfo.InvariantCulture, $", {bytes / linkages} B"), bytes <= allowed);
    }

    private async Task<(Pairs Rates, Pairs Latencies)> TakeAsync(Stage small, Stage large)
    {
        using var ours = new Side(large, growing.Sending, seed: 12);
        using var theirs = new Side(small, growing.Small.Accounts, seed: 13);
        var rates = await Pairs.TakeAsync(effort.Rounds, () => ours.RateAsync(effort.Requests / 4), () => theirs.RateAsync(effort.Requests / 4));
        var latencies = await Pairs.TakeAsync(effort.Rounds, () => ours.LatencyAsync(effort.Duration), () => theirs.LatencyAsync(effort.Duration));
        return (rates, latencies);
    }

    private async Task FillAsync(Stage stage)
    {
        using (var side = new Side(stage, stage.Population.Accounts, seed: 14))
            await side.RateAsync(Originals);
        await stage.RestartAsync(rows => rows.CopyEvents(growing.JournalRows, areOwed: false));
    }

    private static string Show(IEnumerable<double> rates, IEnumerable<double> millis) =>
        string.Create(CultureInfo.InvariantCulture, $"{Percentiles.Median(rates):0}/s, p50 {Percentiles.Median(millis):0.0} ms");

    /// <summary>One of the two gateways and its load.</summary>
    private sealed class Side(Stage stage, int accounts, int seed) : IDisposable
    {
        private readonly LoadGenerator _load = new(stage.Gateway.Url);
        private readonly Workload _workload = new(stage.Population, seed) { Accounts = accounts };
        private readonly Random _random = new(seed);

        /// <returns>Webhooks answered a second, as fast as it can.</returns>
        public async Task<double> RateAsync(int requests) => (await CheckedAsync(_load.AtOnce(_workload.Next(requests)))).Sending.AnsweredPerSecond;

        /// <returns>The whole way's median latency at a moderate rate, in milliseconds.</returns>
        public async Task<double> LatencyAsync(TimeSpan time)
        {
            var (sending, arrivals) = await CheckedAsync(_load.AtRate(_workload.Next((int)(PerSecond * time.TotalSeconds)), PerSecond, _random));
            return Percentiles.Median(sending.Latencies(arrivals, _ => true));
        }

        public void Dispose() => _load.Dispose();

        private async Task<(Sending Sending, IReadOnlyList<Arrival> Arrivals)> CheckedAsync(Sending sending)
        {
            await stage.Outside.ReachesAsync(sending.Requests.Count(request => !request.IsForged) * stage.Population.ModulesPerAccount, Within);
            await stage.SettledAsync();
            var arrivals = stage.Outside.TakeArrivals();
            new RunCheck(stage.Population).Answers(sending, verifies: true).Copies(sending, arrivals).Refuse();
            return (sending, arrivals);
        }
    }
}
