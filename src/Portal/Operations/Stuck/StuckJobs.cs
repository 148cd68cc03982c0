using Microsoft.EntityFrameworkCore;
using Portal.Jobs;
using Portal.Store;

namespace Portal.Operations.Stuck;

/// <summary>Daily work whose last run ended badly.</summary>
internal sealed class StuckJobs(PortalDb db) : IStuckSource
{
    public async Task<IReadOnlyList<StuckItem>?> FindAsync(int max, CancellationToken cancellationToken)
    {
        var jobs = await db.Set<JobRun>().AsNoTracking().Where(row => row.Failure != null && row.EndedAt != null).OrderBy(row => row.EndedAt).Take(max).ToListAsync(cancellationToken);
        return [.. jobs.Select(job => new StuckItem("Job", job.Name, job.Failure, job.EndedAt!.Value, null))];
    }
}
