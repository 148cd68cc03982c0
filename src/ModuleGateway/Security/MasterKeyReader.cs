using ModuleGateway.Store;

namespace ModuleGateway.Security;

/// <summary>Reads master keys that other processes made: often enough to have each before its first use, and at once when one is met unread.</summary>
internal sealed partial class MasterKeyReader(MasterKeys keys, StoreClock clock, ILogger<MasterKeyReader> log) : BackgroundService
{
    /// <summary>Four looks within the minute that a new version waits.</summary>
    private static readonly TimeSpan Interval = MasterKeys.Notice / 4;

    /// <summary>A forged token may bear any version: not every one of them is worth a look.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            using (var interval = new CancellationTokenSource(Interval, clock))
            using (var either = CancellationTokenSource.CreateLinkedTokenSource(interval.Token, stoppingToken))
            {
                try
                {
                    await keys.MissedAsync(either.Token);
                }
                catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
                {
                    // None was missed: look anyway.
                }
            }

            try
            {
                await keys.ReadAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: the store is away, or a key was protected by another key ring.
            {
                Log.KeysDelayed(log, error);
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(901, LogLevel.Error, "The master keys could not be read; tried again.")]
        public static partial void KeysDelayed(ILogger logger, Exception error);
    }
}
