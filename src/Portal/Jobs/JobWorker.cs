using Microsoft.Extensions.Options;

namespace Portal.Jobs;

/// <summary>Looks every second whether a job is due by the market's clock, which may have been moved meanwhile.</summary>
internal sealed partial class JobWorker(JobRunner runner, TimeProvider clock, IOptions<JobsOptions> options, ILogger<JobWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
            return;

        using var timer = new PeriodicTimer(Look);
        var due = DateTimeOffset.MinValue;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (clock.GetUtcNow() < due)
                continue;

            try
            {
                due = await runner.RunDueAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested) // The database was away: the loop outlives it.
            {
                Log.Failed(logger, error);
                due = clock.GetUtcNow() + AfterTrouble;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4302, LogLevel.Error, "Looking for due jobs failed.")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
