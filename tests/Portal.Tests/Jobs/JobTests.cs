using System.Threading.Channels;
using Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Jobs;
using Portal.Store;
using Portal.Tests.Hosting;

namespace Portal.Tests.Jobs;

public sealed class JobTests
{
    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_a_daily_job_When_its_time_comes_Then_it_runs_once_a_day_and_says_when(Database kind)
    {
        var job = new CountedJob();
        await using var portal = await StartAsync(job, kind);

        await portal.RunDueJobsAsync();
        await portal.RunDueJobsAsync();
        job.Runs.ShouldBe(1);
        var first = await RowAsync(portal);
        first.EndedAt.ShouldNotBeNull();
        first.Failure.ShouldBeNull();
        first.DueAt.TimeOfDay.ShouldBe(TimeSpan.Zero);

        portal.Clock.Advance(first.DueAt - portal.Clock.GetUtcNow() - TimeSpan.FromMinutes(1));
        await portal.RunDueJobsAsync();
        job.Runs.ShouldBe(1);
        portal.Clock.Advance(TimeSpan.FromMinutes(2));
        await portal.RunDueJobsAsync();
        job.Runs.ShouldBe(2);
    }

    [Fact]
    public async Task Given_a_job_that_fails_When_it_is_due_Then_the_others_run_and_it_comes_again_within_minutes()
    {
        var (bad, good) = (new CountedJob("bad") { Fails = true }, new CountedJob("good"));
        await using var portal = await StartAsync([bad, good]);

        await portal.RunDueJobsAsync();

        good.Runs.ShouldBe(1);
        var failed = await RowAsync(portal, "bad");
        failed.Failure.ShouldBe("InvalidOperationException: The moon is in the way.");
        failed.FailuresInARow.ShouldBe(1);
        failed.LeasedUntil.ShouldBeNull();

        bad.Fails = false;
        portal.Clock.Advance(TimeSpan.FromMinutes(2));
        await portal.RunDueJobsAsync();
        bad.Runs.ShouldBe(2);
        (await RowAsync(portal, "bad")).FailuresInARow.ShouldBe(0);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_a_job_that_another_process_has_When_it_is_due_Then_it_is_left_alone_until_the_other_must_be_dead(Database kind)
    {
        var job = new CountedJob();
        await using var portal = await StartAsync(job, kind);
        await portal.InDatabaseAsync(async db =>
        {
            var now = portal.Clock.GetUtcNow();
            db.Add(new JobRun { Name = job.Name, DueAt = now, LeasedUntil = now + JobRunner.RunMax, StartedAt = now });
            return await db.SaveChangesAsync();
        });

        await portal.RunDueJobsAsync();
        job.Runs.ShouldBe(0);

        portal.Clock.Advance(JobRunner.RunMax + TimeSpan.FromSeconds(1));
        await portal.RunDueJobsAsync();
        job.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_clock_that_is_moved_by_a_day_When_the_worker_looks_next_Then_what_became_due_runs()
    {
        var job = new CountedJob();
        await using var portal = await PortalHost.StartAsync(also: builder =>
        {
            builder.Configuration["Jobs:Enabled"] = "true";
            builder.Services.AddScoped<IPeriodicJob>(_ => job);
        });
        await job.RanAsync(1);

        portal.Clock.Advance(TimeSpan.FromDays(1));

        await job.RanAsync(2);
    }

    [Theory]
    [InlineData("2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z")]
    [InlineData("2026-11-23T23:59:59Z", "2026-11-24T00:00:00Z")]
    public void Given_a_daily_job_When_it_ends_Then_the_next_run_is_the_next_midnight_of_UTC(string now, string next) =>
        JobRunner.Following(DateTimeOffset.Parse(now, provider: null), TimeSpan.FromDays(1)).ShouldBe(DateTimeOffset.Parse(next, provider: null));

    private static Task<PortalHost> StartAsync(CountedJob job, Database kind = Database.Sqlite) => StartAsync([job], kind);

    private static Task<PortalHost> StartAsync(CountedJob[] jobs, Database kind = Database.Sqlite) => PortalHost.StartAsync(kind, builder =>
    {
        foreach (var job in jobs)
            builder.Services.AddScoped<IPeriodicJob>(_ => job);
    });

    private static Task<JobRun> RowAsync(PortalHost portal, string name = "counted") => portal.InDatabaseAsync(db => db.Set<JobRun>().AsNoTracking().SingleAsync(row => row.Name == name));

    private sealed class CountedJob(string name = "counted") : IPeriodicJob
    {
        private readonly Channel<bool> _ran = Channel.CreateUnbounded<bool>();
        private int _seen;

        public string Name => name;

        public TimeSpan Every => TimeSpan.FromDays(1);

        public int Runs { get; private set; }

        public bool Fails { get; set; }

        public Task RunAsync(CancellationToken cancellationToken)
        {
            Runs++;
            _ran.Writer.TryWrite(true);
            return Fails ? throw new InvalidOperationException("The moon is in the way.") : Task.CompletedTask;
        }

        public async Task RanAsync(int times)
        {
            for (; _seen < times; _seen++)
                await _ran.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        }
    }
}
