using System.Diagnostics;
using System.Globalization;
using ModuleGateway.Tests.Delivery;
using Reliability.World;
using Xunit.Abstractions;

namespace Reliability;

/// <summary>The world outside the gateway misbehaves in every way that we know, beside modules that do well: those notice nothing, nothing is lost, and who heals gets what he missed.</summary>
public sealed class OutsideWorldTests(ITestOutputHelper output)
{
    private const int CallersCount = 10; // Two for each of LINE's troubles, and two without.
    private const int MessagesInTrouble = 1200, MessagesAfterwards = 300;
    private static readonly TimeSpan GoodPatience = TimeSpan.FromSeconds(30), BadPatience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Given_good_modules_beside_hostile_ones_and_a_LINE_in_trouble_When_customers_write_Then_the_good_get_all_in_order_meanwhile_and_the_others_once_they_heal()
    {
        var clock = Stopwatch.StartNew();
        using var inside = new CountingListener();
        var troubles = Trouble.All(new Uri($"https://127.0.0.1:{inside.Port}/latest/meta-data/"));
        await using var street = await Street.BuildAsync(troubles.Count);
        await street.StartAsync();
        street.BeginCalls(CallersCount);
        var rounds = 0;
        do
        {
            street.Trouble(troubles, first: rounds);
            street.Callers.Trouble();
            await Task.WhenAll(street.WriteAsync(MessagesInTrouble), street.FoundDownAsync());

            // Nobody has healed yet.
            Holds("good modules", await JudgeAsync(street.Good, GoodPatience));
            street.Callers.Heal();
            await street.HealAsync();
            await street.WriteAsync(MessagesAfterwards);
            Holds("good modules", await JudgeAsync(street.Good, GoodPatience));
            Holds("hostile modules", await JudgeAsync(street.Bad, BadPatience));
            var switchedOff = await JudgeAsync(street.SwitchedOff, BadPatience);
            switchedOff.Lost.ShouldBe(0, switchedOff.ToString());
            var delays = street.Delays;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"round {++rounds}, {clock.Elapsed.TotalSeconds:0} s, {troubles.Count} troubles; good modules after {delays[delays.Count / 2].TotalMilliseconds:0} ms (p50), {delays[delays.Count * 99 / 100].TotalMilliseconds:0} ms (p99)"));
        }
        while (clock.Elapsed < Duration);

        await street.Callers.CloseAsync();
        await HoldsAsync(street);
        (await inside.CountToTheEndAsync()).ShouldBe(0, "a redirect was followed");
    }

    [Fact]
    public async Task Given_a_gateway_whose_few_places_are_for_all_alike_When_some_modules_hang_Then_the_suite_finds_that_the_good_ones_starve()
    {
        await using var street = await Street.BuildAsync(shops: 4); // Their four modules that hang have the one place, and the one more that newcomers get.
        await street.StartAsync(new Dictionary<string, string?>
        {
            ["Delivery:InFlightMax"] = "1", ["Delivery:InFlightPerModuleMax"] = "1", ["Delivery:AttemptTimeout"] = "00:01:00", ["Delivery:FaultAfter"] = "00:05:00",
        });
        street.Trouble([new Trouble("hangs", Behaviours.Hangs)], first: 0);
        await street.WriteAsync(messages: 100);
        (await JudgeAsync(street.Good, TimeSpan.FromSeconds(10))).Lost.ShouldBeGreaterThan(0);
    }

    /// <summary>As RELIABILITY_OUTSIDE_MINUTES says; otherwise one round.</summary>
    private static TimeSpan Duration => double.TryParse(Environment.GetEnvironmentVariable("RELIABILITY_OUTSIDE_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? TimeSpan.FromMinutes(minutes) : TimeSpan.Zero;

    /// <summary>All that was acknowledged arrives, or does not.</summary>
    private static async Task<Findings> JudgeAsync(Ledger ledger, TimeSpan patience)
    {
        await ledger.CompleteAsync().WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // What did not come is counted.
        return ledger.Judge();
    }

    private void Holds(string whose, Findings found)
    {
        output.WriteLine($"{whose}: {found}");
        (found.Lost, found.OutOfOrder, found.Unmarked, found.Wrong.Count).ShouldBe((0, 0, 0, 0), $"{whose}: {found}; {string.Join("; ", found.Wrong.Take(3))}");
        found.Acknowledged.ShouldBeGreaterThan(0);
    }

    /// <summary>Calls of accounts that LINE does well by are not touched by the others'; each push is taken once, and counted once.</summary>
    private async Task HoldsAsync(Street street)
    {
        foreach (var of in street.Callers.Answers.GroupBy(one => one.Key.Trouble).OrderBy(one => one.Key))
            output.WriteLine($"pushes of accounts with which LINE has trouble {of.Key}: {string.Join(", ", of.OrderBy(one => one.Key.Status).Select(one => $"{one.Value} × {one.Key.Status}"))}");

        street.Callers.Answers.Keys.Where(one => one.Trouble == LineTrouble.None).ShouldAllBe(one => one.Status == 200);
        street.Callers.Answers.Keys.ShouldAllBe(one => one.Status == 200 || one.Status == 409 || one.Status == 429 || one.Status == 500);
        var done = street.Callers.Done.Values.Sum();
        done.ShouldBe(street.Callers.TakenAtLine);
        foreach (var (place, count) in street.Callers.Done)
            (await street.MeteredAsync(street.Neighbours[place])).ShouldBe(count);
    }
}
