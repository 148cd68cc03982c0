using Benchmarks.Checks;
using Benchmarks.Load;
using Benchmarks.Servers;

namespace Benchmarks.Measures;

/// <summary>
/// A webhook in, verified, durable, 200 out: one event a request, 64 kept-alive connections, as fast as they can. The accounts are not connected, so
/// that what comes after the 200 is no part of it (that is the whole way's row); routing looks at each event all the same.
/// </summary>
internal sealed class Ingest(Effort effort, string other) : IMeasure
{
    /// <summary>Instead of a server of ours.</summary>
    public const string Node = "node";

    public string Name => $"ingest-{other}";

    public string What => "webhook in, verified, durable, 200 out";

    public string Against => other switch
    {
        ServerKinds.Bare => "the same Kestrel, which only reads the body",
        ServerKinds.Append => "the same Kestrel, which appends the body to a file; 200 after a shared flush",
        _ => "LINE's own middleware for Node on Express, nothing durable",
    };

    public double Goal => other switch { ServerKinds.Bare => 0.6, ServerKinds.Append => 0.8, _ => 5 };

    public async Task<Measured> MeasureAsync()
    {
        if (other == Node && await NodeServer.MissingAsync() is { } missing)
            return Measured.Skipped(missing);

        await using var stage = await Stage.StartAsync(new Population(200, 1), isLinked: false);
        await using var opponent = other == Node ? await NodeServer.StartAsync() : await stage.StartAsync(other, null);
        using var ours = new LoadGenerator(stage.Gateway.Url);
        using var theirs = new LoadGenerator(opponent.Url);
        var workload = new Workload(stage.Population, seed: 5);
        var stored = 0L;
        var pairs = await Pairs.TakeAsync(
            effort.Rounds,
            async () =>
            {
                var before = stage.Journal.LastSeq;
                var sending = ours.AtOnce(workload.Next(effort.Requests));
                await stage.SettledAsync();
                stage.Flush.Sample();
                var ids = stage.Journal.IdsAfter(before);
                new RunCheck(stage.Population).Answers(sending, verifies: true).Journal(sending, ids).Refuse();
                stored += ids.Count;
                return sending.AnsweredPerSecond;
            },
            () =>
            {
                var sending = theirs.AtOnce(workload.Next(effort.Requests));
                new RunCheck(stage.Population).Answers(sending, verifies: other == Node).Refuse();
                return Task.FromResult(sending.AnsweredPerSecond);
            });
        return pairs.AsRates($"{stage.Population.Accounts} accounts, 64 connections, {stored} events in the journal; {stage.Flush}");
    }
}
