using System.Diagnostics;
using System.Globalization;
using Benchmarks.Checks;
using Benchmarks.Load;

namespace Benchmarks.Measures;

/// <summary>
/// A gateway that starts on many undelivered events while every module refuses, takes webhooks meanwhile, and then delivers: how soon it is ready, and
/// the most memory that it ever has. The events wait in thousands of chats of 200 accounts.
/// </summary>
/// <param name="millions">Millions of events that wait; a tenth of them unless the large form is asked for.</param>
internal sealed class Waiting(Effort effort, int millions) : IMeasure
{
    private const double ResidentMegabytesMax = 512;
    private const int Originals = 20_000;
    private const int MeanwhilePerSecond = 200;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan DrainedFor = TimeSpan.FromSeconds(15);

    public string Name => $"waiting-{millions}";

    public string What => string.Create(CultureInfo.InvariantCulture, $"start on {Count / 1e6:0.#} million undelivered events, refused for a while, then delivered");

    public string Against => "nothing";

    public double Goal => 0; // Not a ratio: the verdict says it.

    private long Count => millions * 1_000_000L / (effort.IsLarge ? 1 : 10);

    public async Task<Measured> MeasureAsync()
    {
        await using var stage = await Stage.StartAsync(new Population(200, 1), isLinked: true);
        await OriginalsAsync(stage);
        var added = 0L;
        stage.Outside.IsRefusing = true;
        await stage.RestartAsync(rows => added = rows.CopyEvents(Count, areOwed: true));
        var started = stage.Gateway.StartTime;
        var (taken, deferred) = Meanwhile(stage);

        stage.Outside.IsRefusing = false;
        var back = Stopwatch.GetTimestamp();
        await stage.Outside.ReachesAsync(1, Within);
        var first = Stopwatch.GetElapsedTime(back);
        await Outside.WorksForAsync(DrainedFor);
        var resident = stage.Gateway.ResidentBytesMax / 1048576.0;
        await stage.Gateway.DisposeAsync();
        var owed = stage.Journal.Undelivered;
        var arrivals = stage.Outside.TakeArrivals();
        Check(stage, arrivals, added + taken, owed);

        var limit = 3 + added / 1e6;
        return new Measured(0, string.Create(CultureInfo.InvariantCulture, $"{resident:0} MB, {started.TotalSeconds:0.0} s"), "", 1)
        {
            Verdict = new Verdict(
                string.Create(CultureInfo.InvariantCulture, $"≤ {ResidentMegabytesMax} MB resident, ready in {limit:0.0} s"),
                string.Create(CultureInfo.InvariantCulture, $"{resident:0} MB, {started.TotalSeconds:0.0} s"),
                resident <= ResidentMegabytesMax && started.TotalSeconds <= limit),
            Note = string.Create(CultureInfo.InvariantCulture, $"{added} waited; once modules answered, the first came after {first.TotalSeconds:0.0} s and {arrivals.Count} within {DrainedFor.TotalSeconds:0} s; {taken} more taken meanwhile, {deferred} put off with 503"),
        };
    }

    /// <summary>Events that went the whole way: the others are copies of these.</summary>
    private static async Task OriginalsAsync(Stage stage)
    {
        using var load = new LoadGenerator(stage.Gateway.Url);
        var sending = load.AtOnce(new Workload(stage.Population, seed: 10) { ForgedEvery = 0 }.Next(Originals));
        await stage.Outside.ReachesAsync(Originals, Within);
        await stage.SettledAsync();
        new RunCheck(stage.Population).Answers(sending, verifies: true).Copies(sending, stage.Outside.TakeArrivals()).Refuse();
    }

    /// <summary>LINE goes on sending. What is put off it would send again; anything but 200 and 503 is a fault.</summary>
    private (int Taken, int Deferred) Meanwhile(Stage stage)
    {
        using var load = new LoadGenerator(stage.Gateway.Url);
        var requests = new Workload(stage.Population, seed: 11) { ForgedEvery = 0 }.Next((int)(MeanwhilePerSecond * effort.Duration.TotalSeconds));
        var sending = load.AtRate(requests, MeanwhilePerSecond, new Random(11));
        if (sending.Status.FirstOrDefault(status => status is not (200 or 503)) is > 0 and var other)
            throw new RefusedRunException($"The run is refused: a webhook was answered {other}.");
        return (sending.Status.Count(status => status == 200), sending.Status.Count(status => status == 503));
    }

    /// <summary>What came and what is still owed are together what was owed; what came was signed. Copies bear their originals' event ids, so that only deliveries can be counted.</summary>
    private static void Check(Stage stage, IReadOnlyList<Arrival> arrivals, long all, long owed)
    {
        var events = arrivals.Sum(arrival => RunCheck.EventIds(arrival.Body).Count);
        if (owed + events < all)
            throw new RefusedRunException($"The run is refused: {all} events were owed, {events} came, {owed} are still owed.");
        if (arrivals.Any(arrival => !new Line.LineSignature(Population.ModuleSecret(arrival.Module)).IsValid(arrival.Body, arrival.Signature ?? "")))
            throw new RefusedRunException("The run is refused: a delivery is not signed with its module's secret.");
    }
}
