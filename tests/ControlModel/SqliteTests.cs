using ControlModel.World;
using ModuleGateway;
using Xunit.Abstractions;

namespace ControlModel;

/// <summary>The promises of exclusive control, tried by many callers at once on one gateway with its embedded store.</summary>
public sealed class SqliteTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Given_many_callers_on_few_chats_When_everything_happens_at_once_Then_some_order_explains_all_that_was_seen()
    {
        var found = await Run.GoAsync(async line => await SqliteGateway.StartAsync(line, _ => new Mutants()), RunPlan.FromEnvironment(steps: 8_000));
        output.WriteLine(found.Report);
        found.Violations.ShouldBeEmpty(found.Report);
    }
}
