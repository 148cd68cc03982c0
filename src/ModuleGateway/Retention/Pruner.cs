using Microsoft.Extensions.Options;
using ModuleGateway.Owned;
using ModuleGateway.Store;

namespace ModuleGateway.Retention;

/// <summary>Lets go what is older than it is to be kept: a little at a time, with pauses, so that nobody who writes waits for more than one small step.</summary>
/// <remarks>
/// The oldest first, each sweep from the beginning: what was still owed when it came of age is looked at again. Several processes that sweep the same store
/// are harmless: what one let go the other does not find. The room is used again; a SQLite file does not shrink, and does not grow either.
/// </remarks>
internal sealed partial class Pruner(IGatewayStore store, IOptions<RetentionOptions> options, StoreClock clock, ILogger<Pruner> log) : BackgroundService
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    /// <summary>LINE takes a request for an audience for 60 days, and has its statistics; of a rich menu batch the progress is known for two weeks.</summary>
    private static readonly TimeSpan SendingsKeptFor = TimeSpan.FromDays(90);

    /// <summary>Units are counted by the month and looked at for a year.</summary>
    private static readonly TimeSpan UnitsKeptFor = TimeSpan.FromDays(400);

    /// <summary>Lets go all that is old enough now.</summary>
    /// <returns>How many events went.</returns>
    public async Task<long> SweepAsync(CancellationToken cancellationToken)
    {
        var (gone, after) = (0L, 0L);
        var before = clock.GetUtcNow() - options.Value.KeptFor;
        while (await store.ReadAsync(tx => tx.Retention.LastOld(after, before, options.Value.BatchMax), cancellationToken) is { } upTo)
        {
            gone += await store.WriteAsync(tx => tx.Retention.RemoveEvents(after, upTo, before), cancellationToken);
            after = upTo;
            await Task.Delay(options.Value.Pause, clock, cancellationToken);
        }

        await WhileFullAsync((rows, max) => rows.Retention.RemoveReceivedMessages(before, max), cancellationToken);
        await WhileFullAsync((rows, max) => rows.Retention.RemoveReplays(before, max), cancellationToken);
        await WhileFullAsync((rows, max) => rows.Retention.RemoveAttachRequests(before, max), cancellationToken);
        await WhileFullAsync((rows, max) => rows.Things.RemoveOlder(ThingKind.Sending, rows.Now - SendingsKeptFor, max), cancellationToken);
        await WhileFullAsync((rows, max) => rows.Things.RemoveOlder(ThingKind.Batch, rows.Now - SendingsKeptFor, max), cancellationToken);
        await WhileFullAsync((rows, max) => rows.Things.RemoveOlder(ThingKind.Unit, rows.Now - UnitsKeptFor, max), cancellationToken);
        if (gone > 0)
            Log.Swept(log, gone, before);
        return gone;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(SweepEvery, clock, stoppingToken); // First: a start has more urgent things to do.
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: what stayed is older the next time.
            {
                Log.SweepDelayed(log, error);
            }
        }
    }

    private async Task WhileFullAsync(Func<IGatewayTransaction, int, int> remove, CancellationToken cancellationToken)
    {
        while (await store.WriteAsync(tx => remove(tx, options.Value.BatchMax), cancellationToken) == options.Value.BatchMax)
            await Task.Delay(options.Value.Pause, clock, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Information, "{Count} events from before {Before} were let go.")]
        public static partial void Swept(ILogger logger, long count, DateTimeOffset before);

        [LoggerMessage(1102, LogLevel.Error, "What is old enough could not be let go; tried again in a minute.")]
        public static partial void SweepDelayed(ILogger logger, Exception error);
    }
}
