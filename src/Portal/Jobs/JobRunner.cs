using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Jobs;

/// <summary>Runs what is due, one after the other. The due times stand in the database, so that a restart forgets none and two processes never run the same one.</summary>
/// <remarks>
/// A scheduler of another make would take the place of this class and of <see cref="JobWorker"/>; jobs know neither. Quartz 4 takes a <see cref="TimeProvider"/>, but its
/// clustered store wants eleven tables in a dialect of its own for each database; a handful of daily jobs does not pay for them yet.
/// </remarks>
internal sealed partial class JobRunner(IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobRunner> logger)
{
    /// <summary>Longest run: then it is stopped, and comes again.</summary>
    public static readonly TimeSpan RunMax = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan FirstRetryAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromHours(1);

    /// <returns>When something is due next.</returns>
    public async Task<DateTimeOffset> RunDueAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, every) in Jobs())
        {
            if (await ClaimAsync(name, cancellationToken))
                await RunAsync(name, every, cancellationToken);
        }

        return await NextDueAsync(cancellationToken);
    }

    /// <summary>The multiple of <paramref name="every"/> that follows: late starts do not push later runs on.</summary>
    internal static DateTimeOffset Following(DateTimeOffset now, TimeSpan every) => new((now.UtcTicks / every.Ticks + 1) * every.Ticks, TimeSpan.Zero);

    private List<(string Name, TimeSpan Every)> Jobs()
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetServices<IPeriodicJob>().Select(job => (job.Name, job.Every))];
    }

    /// <summary>False: not due, or another process has it.</summary>
    private Task<bool> ClaimAsync(string name, CancellationToken cancellationToken) => InDatabaseAsync(async db =>
    {
        var now = clock.GetUtcNow();
        if (!await db.Set<JobRun>().AnyAsync(run => run.Name == name, cancellationToken))
        {
            db.Add(new JobRun { Name = name, DueAt = now });
            await db.TrySaveAsync(cancellationToken); // False: another process knows it by now.
        }

        var lease = now + RunMax;
        return await db.Set<JobRun>().Where(run => run.Name == name && run.DueAt <= now && (run.LeasedUntil == null || run.LeasedUntil <= now))
            .ExecuteUpdateAsync(run => run.SetProperty(row => row.LeasedUntil, lease).SetProperty(row => row.StartedAt, now), cancellationToken) == 1;
    });

    private async Task RunAsync(string name, TimeSpan every, CancellationToken cancellationToken)
    {
        string? failure = null;
        try
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            enough.CancelAfter(RunMax);
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant($"The job {name} looks after every organisation.");
            await scope.ServiceProvider.GetServices<IPeriodicJob>().Single(job => job.Name == name).RunAsync(enough.Token);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested) // A worker's loop: whatever one job does wrong, the others come round.
        {
            Log.Failed(logger, name, error);
            failure = $"{error.GetType().Name}: {error.Message}";
        }

        await EndAsync(name, every, failure, cancellationToken);
    }

    private Task<int> EndAsync(string name, TimeSpan every, string? failure, CancellationToken cancellationToken) => InDatabaseAsync(async db =>
    {
        var run = await db.Set<JobRun>().SingleAsync(row => row.Name == name, cancellationToken);
        var now = clock.GetUtcNow();
        run.FailuresInARow = failure is null ? 0 : run.FailuresInARow + 1;
        run.Failure = failure is { Length: > JobRun.FailureMax } ? failure[..JobRun.FailureMax] : failure;
        run.EndedAt = now;
        run.LeasedUntil = null;
        run.DueAt = failure is null ? Following(now, every) : Earlier(now + RetryAfter(run.FailuresInARow), Following(now, every));
        return await db.SaveChangesAsync(cancellationToken);
    });

    private static TimeSpan RetryAfter(int failures) => Shorter(FirstRetryAfter * Math.Pow(2, Math.Min(failures - 1, 10)), RetryAfterMax);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private Task<DateTimeOffset> NextDueAsync(CancellationToken cancellationToken) => InDatabaseAsync(async db =>
    {
        var names = Jobs().Select(job => job.Name).ToArray();
        var rows = await db.Set<JobRun>().AsNoTracking().Where(run => names.Contains(run.Name)).ToListAsync(cancellationToken);
        return rows.Select(run => run.LeasedUntil is { } leased && leased > run.DueAt ? leased : run.DueAt).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
    });

    private async Task<T> InDatabaseAsync<T>(Func<PortalDb, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<PortalDb>());
    }

    private static partial class Log
    {
        [LoggerMessage(4301, LogLevel.Error, "The job {Job} failed; it is tried again.")]
        public static partial void Failed(ILogger logger, string job, Exception error);
    }
}
