namespace RealClients;

/// <summary>LINE's own Node SDK, of which only the base URL was changed.</summary>
[Collection(SdkRun.Name)]
public sealed class OperationsTests(SdkRun run)
{
    /// <summary>Operation, then <c>works</c>, or <c>refused 404</c> and why; tabs between.</summary>
    private static readonly string[][] Table =
        [.. File.ReadLines(SdkFolder.At("operations.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t'))];

    [Fact]
    public void Given_every_operation_of_LINEs_SDK_When_it_is_called_at_the_gateway_Then_it_works_or_is_refused_as_the_table_says()
    {
        var expected = Table.ToDictionary(row => row[0], row => row[1]);

        var surprises = run.Outcomes
            .Where(outcome => outcome.Name != expected.GetValueOrDefault(outcome.Operation))
            .Select(outcome => $"{outcome.Operation}: {outcome.Name}, the table says {expected.GetValueOrDefault(outcome.Operation, "nothing")}. {outcome.Body}{outcome.Error}");

        string.Join('\n', surprises).ShouldBeEmpty();
        expected.Keys.Except(run.Outcomes.Select(outcome => outcome.Operation)).ShouldBeEmpty();
    }

    [Fact]
    public void Given_an_operation_that_is_refused_When_it_stands_in_the_table_Then_a_reason_stands_beside_it() =>
        Table.Where(row => row[1] != "works" && (!row[1].StartsWith("refused ", StringComparison.Ordinal) || row.Length < 3 || row[2].Length < 20)).ShouldBeEmpty();

    [Fact]
    public void Given_webhooks_from_the_gateway_When_LINEs_middleware_checks_them_Then_it_accepts_every_one()
    {
        run.RefusedWebhooks.ShouldBeEmpty();
        run.Traffic.Exchanges.Count(exchange => exchange.Side == "webhook").ShouldBeGreaterThan(5);
    }
}
