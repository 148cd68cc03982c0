using ModuleGateway.Store;

namespace ModuleGateway.Control;

/// <summary>Ends holds when their time has come, so that who gains and who loses hears it without waiting for the next event.</summary>
internal sealed partial class ExpiryWorker(IGatewayStore store, ChatControl control, StoreClock clock, ILogger<ExpiryWorker> log) : BackgroundService
{
    private const int BatchMax = 256;

    /// <summary>Looks at least this often: a new hold may end before the one that is waited for.</summary>
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = PauseMax;
            try
            {
                // Reading first: a second without an expiry costs no write. Then a work for each chat: none holds up another bot's, and all may share a flush.
                var (due, next, now) = await store.ReadAsync(tx => (tx.Control.Expired(tx.Now, BatchMax), tx.Control.NextExpiry(), tx.Now), stoppingToken);
                await Task.WhenAll(due.Select(chat => Task.Run(() => store.WriteAsync(tx => control.Expire(tx, chat), stoppingToken), stoppingToken)));
                if (due.Count > 0)
                    pause = TimeSpan.Zero;
                else if (next - now < PauseMax)
                    pause = next!.Value - now;
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: what failed is due again in a second.
            {
                Log.ExpiryDelayed(log, error);
            }

            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, clock, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(501, LogLevel.Error, "A hold that ran out could not be ended; tried again in a second.")]
        public static partial void ExpiryDelayed(ILogger logger, Exception error);
    }
}
