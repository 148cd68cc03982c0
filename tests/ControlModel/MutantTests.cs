using ControlModel.World;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway;
using ModuleGateway.Store;
using Xunit.Abstractions;

namespace ControlModel;

/// <summary>Bugs that the suite must find: each is planted by a switch that only tests reach.</summary>
public sealed class MutantTests(ITestOutputHelper output)
{
    private const int StepsMax = 6_000;

    [Theory]
    [InlineData(nameof(Mutants.NoEpochCheck))]
    [InlineData(nameof(Mutants.ExpiryByLocalClock))]
    [InlineData(nameof(Mutants.NotifyBeforeCommit))]
    public async Task Given_a_planted_bug_When_many_callers_act_at_once_Then_no_order_explains_what_was_seen(string mutant)
    {
        // No restarts: the bug is to be found, not a process that was stopped between its two steps.
        var plan = RunPlan.FromEnvironment(StepsMax) with { Steps = StepsMax, RestartEvery = 0 };
        var found = await Run.GoAsync(async line => await SqliteGateway.StartAsync(line, gateway => Plant(mutant, gateway)), plan);
        output.WriteLine($"{mutant}: {found.Report}");
        found.Violations.ShouldNotBeEmpty();
    }

    private static Mutants Plant(string mutant, SqliteGateway gateway) => mutant switch
    {
        nameof(Mutants.NoEpochCheck) => new Mutants { NoEpochCheck = true },
        nameof(Mutants.ExpiryByLocalClock) => new Mutants { ExpiryByLocalClock = new SkewedClock(() => gateway.Now, skewMillis: -2_500) },
        _ => new Mutants
        {
            NotifyBeforeCommit = move => gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx =>
            {
                move(tx);
                return true;
            }),
        },
    };
}
