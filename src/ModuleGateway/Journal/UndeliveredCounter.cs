using Microsoft.Extensions.Options;
using ModuleGateway.Store;

namespace ModuleGateway.Journal;

/// <summary>Counts what is undelivered along the indexes of what is owed: at the start, and now and then, because what is kept in passing drifts.</summary>
internal sealed partial class UndeliveredCounter(IGatewayStore store, IOptions<JournalOptions> options, IOptions<StoreOptions> storeOptions, StoreClock clock, ILogger<UndeliveredCounter> log) : BackgroundService
{
    private static readonly TimeSpan Alone = TimeSpan.FromHours(1);

    /// <summary>Counts once.</summary>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        var before = store.Undelivered.Changes;
        store.Undelivered.Counted(await store.ReadAsync(tx => tx.Events.CountUndelivered(), cancellationToken), before);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CountAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: what was counted before goes on holding.
            {
                Log.CountDelayed(log, error);
            }

            await Task.Delay(storeOptions.Value.Provider == StoreOptions.Sqlite ? Alone : options.Value.CountEvery, clock, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(104, LogLevel.Warning, "What is undelivered could not be counted; it is counted again later.")]
        public static partial void CountDelayed(ILogger logger, Exception error);
    }
}
