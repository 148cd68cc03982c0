using ControlModel.World;
using ModuleGateway;
using Xunit.Abstractions;

namespace ControlModel;

/// <summary>The same promises on two gateways that share one PostgreSQL, each a process of its own that is killed now and then.</summary>
public sealed class PostgreSqlTests(ITestOutputHelper output)
{
    [Theory, On(Database.PostgreSql)]
    public async Task Given_two_gateways_and_many_callers_When_everything_happens_at_once_Then_some_order_explains_all_that_was_seen(Database database)
    {
        var found = await Run.GoAsync(async line => await TwoGateways.StartAsync(line), RunPlan.FromEnvironment(steps: 2_000));
        output.WriteLine($"{database}: {found.Report}");
        found.Violations.ShouldBeEmpty(found.Report);
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_two_gateways_that_ask_their_own_clocks_When_holds_run_out_Then_no_order_explains_what_was_seen(Database database)
    {
        var plan = RunPlan.FromEnvironment(3_000) with { Steps = 3_000, RestartEvery = 0 };
        var found = await Run.GoAsync(async line => await TwoGateways.StartAsync(line, nameof(Mutants.ExpiryByLocalClock)), plan);
        output.WriteLine($"{database}: {found.Report}");
        found.Violations.ShouldNotBeEmpty();
    }
}
