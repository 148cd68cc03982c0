using System.Diagnostics;
using System.Globalization;
using ModuleGateway;
using Reliability.World;
using Xunit.Abstractions;

namespace Reliability;

/// <summary>The promise behind LINE's 200, tried the hard way: the gateway is killed at random moments while customers write without pause.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_customers_who_write_without_pause_When_the_gateway_is_killed_again_and_again_Then_nothing_acknowledged_is_lost_and_no_chat_is_out_of_order(Database database)
    {
        var found = await RunAsync(database, "", Kills(database == Database.Sqlite ? 3 : 2));
        (found.Lost, found.OutOfOrder, found.Unmarked, found.Wrong.Count).ShouldBe((0, 0, 0, 0), found.ToString() + "; " + string.Join("; ", found.Wrong.Take(3)));
        found.Acknowledged.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Given_a_gateway_that_answers_before_it_keeps_When_it_is_killed_again_and_again_Then_the_suite_finds_what_was_lost()
    {
        // One kill in a few hits the moment between answer and commit: until one has.
        var tried = 0;
        Findings found;
        do
            found = await RunAsync(Database.Sqlite, Program.AnswerBeforeCommit, Kills(4));
        while (found.Lost == 0 && ++tried < 5);
        found.Lost.ShouldBeGreaterThan(0, found.ToString());
    }

    /// <summary>As RELIABILITY_KILLS says.</summary>
    private static int Kills(int usual) => int.TryParse(Environment.GetEnvironmentVariable("RELIABILITY_KILLS"), CultureInfo.InvariantCulture, out var asked) ? asked : usual;

    private async Task<Findings> RunAsync(Database database, string mutant, int kills)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("RELIABILITY_SEED"), CultureInfo.InvariantCulture, out var asked) ? asked : Random.Shared.Next();
        var random = new Random(seed);
        var clock = Stopwatch.StartNew();
        await using var scene = await Scene.SetAsync(new GatewayHost { Store = database }, mutant);
        await scene.StartAsync();
        scene.Open();
        for (var i = 0; i < kills; i++)
        {
            await scene.Ledger.AnsweredAsync(scene.Ledger.AcknowledgedCount + scene.Ledger.RefusedCount + random.Next(1, 400)).WaitAsync(TimeSpan.FromSeconds(60));
            var moment = TimeSpan.FromMilliseconds(random.NextDouble() * 10);
            SpinWait.SpinUntil(() => false, moment); // The moment of the kill is the point: nothing is waited for.
            await scene.KillAsync();
        }

        var found = await scene.CloseAsync(mutant.Length > 0 ? TimeSpan.FromSeconds(10) : TimeSpan.FromSeconds(120));
        output.WriteLine($"{database}{(mutant.Length > 0 ? $", {mutant}" : "")}: {kills} kills, seed {seed}, {clock.Elapsed.TotalSeconds:0} s. {found}");
        return found;
    }
}
