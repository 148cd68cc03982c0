using Benchmarks.Checks;
using Benchmarks.Load;
using Benchmarks.Servers;

namespace Benchmarks.Measures;

/// <summary>From LINE's POST to the module's, with all that lies between: verified, journalled, routed, ids mapped, signed anew. As fast as it can, one module for each of 200 accounts.</summary>
internal sealed class WholeWay(Effort effort) : IMeasure
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(3);

    public string Name => "whole-way";

    public string What => "LINE's POST to the module's POST";

    public string Against => "the same Kestrel, which hands each body on with HttpClient";

    public double Goal => 0.5;

    public async Task<Measured> MeasureAsync()
    {
        await using var stage = await Stage.StartAsync(new Population(200, 1), isLinked: true);
        await using var forwarder = await stage.StartAsync(ServerKinds.Forward, stage.Population);
        using var ours = new LoadGenerator(stage.Gateway.Url);
        using var theirs = new LoadGenerator(forwarder.Url);
        var workload = new Workload(stage.Population, seed: 6);
        var (copies, repeated) = (0L, 0);
        var pairs = await Pairs.TakeAsync(
            effort.Rounds,
            async () =>
            {
                var requests = workload.Next(effort.Requests);
                var sending = ours.AtOnce(requests);
                await stage.Outside.ReachesAsync(requests.Count(request => !request.IsForged), Within);
                await stage.SettledAsync();
                stage.Flush.Sample();
                var arrivals = stage.Outside.TakeArrivals();
                var check = new RunCheck(stage.Population).Answers(sending, verifies: true).Copies(sending, arrivals);
                check.Refuse();
                (copies, repeated) = (copies + arrivals.Count, repeated + check.Repeated);
                return sending.ArrivedPerSecond(arrivals);
            },
            async () =>
            {
                var requests = workload.Next(effort.Requests);
                var sending = theirs.AtOnce(requests);
                await stage.Outside.ReachesAsync(requests.Length, Within);
                var arrivals = stage.Outside.TakeArrivals();
                new RunCheck(stage.Population).Answers(sending, verifies: false).Forwarded(sending, arrivals).Refuse();
                return sending.ArrivedPerSecond(arrivals);
            });
        return pairs.AsRates($"{stage.Population.Accounts} accounts and modules, {copies} copies at modules, {repeated} of them once more; {stage.Flush}");
    }
}
