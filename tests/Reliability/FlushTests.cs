using ModuleGateway;
using Reliability.World;
using Xunit.Abstractions;

namespace Reliability;

/// <summary>A kill loses no page cache, so besides: the system's own record of when the journal was flushed, and when LINE was answered.</summary>
public sealed class FlushTests(ITestOutputHelper output)
{
    private const int Answers = 300;

    [Fact]
    public async Task Given_events_that_LINE_sends_When_each_is_answered_with_200_Then_the_journal_was_flushed_between_its_write_and_the_answer()
    {
        var traced = await TraceAsync("");
        traced.Answered.ShouldBeGreaterThanOrEqualTo(Answers / 2);
        traced.Unflushed.ShouldBe(0);
        traced.Flushes.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(nameof(Mutants.NoFlush))]
    [InlineData(Program.AnswerBeforeCommit)]
    public async Task Given_a_gateway_that_does_not_wait_for_the_disk_When_it_is_watched_Then_the_suite_finds_it(string mutant)
    {
        var traced = await TraceAsync(mutant);
        traced.Answered.ShouldBeGreaterThanOrEqualTo(Answers / 2);
        traced.Unflushed.ShouldBeGreaterThan(0);
    }

    private async Task<Traced> TraceAsync(string mutant)
    {
        await using var scene = await Scene.SetAsync(new GatewayHost { Store = Database.Sqlite }, mutant);
        await scene.StartAsync();
        await using var trace = await FlushTrace.AttachAsync(scene.Process.Id);
        scene.Open();
        await scene.Ledger.AnsweredAsync(Answers).WaitAsync(TimeSpan.FromSeconds(60));
        scene.Process.Kill();
        var traced = await trace.ReadAsync(scene.Ids.Keys.ToHashSet());
        output.WriteLine($"{(mutant.Length > 0 ? mutant : "as it is")}: {traced.Answered} answers of 200, {traced.Unflushed} without a flush between write and answer, {traced.Flushes} flushes");
        return traced;
    }
}
