using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ModuleGateway.Journal;
using ModuleGateway.Retention;
using ModuleGateway.Store;
using ModuleGateway.Store.Sqlite;
using Xunit.Abstractions;

namespace ModuleGateway.Tests.Volume;

/// <summary>Very many events come of age at once, as after a retention that was shortened.</summary>
public sealed class PruningTests(ITestOutputHelper output) : IDisposable
{
    private const int BatchMax = 1000;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-pruning");

    /// <summary>As MARKETPLACE_TEST_OLD_EVENTS says.</summary>
    private static int OldEvents => int.TryParse(Environment.GetEnvironmentVariable("MARKETPLACE_TEST_OLD_EVENTS"), CultureInfo.InvariantCulture, out var asked) ? asked : 50_000;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Given_very_many_events_of_age_When_they_go_Then_whoever_appends_waits_for_one_small_step_at_most_and_the_room_is_used_again()
    {
        var clock = new StoreClock(TimeProvider.System);
        using var real = new SqliteStore(new StoreOptions { Folder = _folder.FullName }, clock);
        await real.OpenAsync(CancellationToken.None);
        await FillAsync(real);
        var file = Path.Combine(_folder.FullName, "gateway.db");
        await real.ForgetDeletedAsync(CancellationToken.None);
        var full = new FileInfo(file).Length;

        var store = new UnsteadyStore(real);
        var (steps, appended) = (0, 0);
        store.Written = async () =>
        {
            // Behind each step of the sweep and before its next: an append finds its turn.
            steps++;
            await real.WriteAsync(tx => tx.Events.Append(Event(tx.Now)));
            appended++;
        };
        var options = Options.Create(new RetentionOptions { BatchMax = BatchMax, Pause = TimeSpan.FromMilliseconds(1) });
        using var pruner = new Pruner(store, options, clock, NullLogger<Pruner>.Instance);
        var watch = Stopwatch.StartNew();
        (await pruner.SweepAsync(CancellationToken.None)).ShouldBe(OldEvents);
        var took = watch.Elapsed;
        steps.ShouldBeGreaterThanOrEqualTo(OldEvents / BatchMax, "no step takes more than it may");
        appended.ShouldBe(steps);

        store.Written = () => Task.CompletedTask;
        await FillAsync(real);
        await real.ForgetDeletedAsync(CancellationToken.None);
        var again = new FileInfo(file).Length;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{OldEvents} events went in {steps} steps, {took.TotalSeconds:0.0} s; file {full / 1048576.0:0.0} MB full, {again / 1048576.0:0.0} MB filled again"));
        again.ShouldBeLessThan(full + (full / 10));
    }

    private static NewEvent Event(DateTimeOffset at) => new(null, Line.BotId.FromBits(5), null, "message", Guid.NewGuid(), at, new byte[600]) { State = EventState.Routed };

    private static async Task FillAsync(SqliteStore store)
    {
        for (var left = OldEvents; left > 0; left -= 1000)
        {
            var count = Math.Min(left, 1000);
            await store.WriteAsync(tx =>
            {
                for (var i = 0; i < count; i++)
                    tx.Events.Append(Event(tx.Now - TimeSpan.FromDays(31)));
                return true;
            });
        }
    }
}
