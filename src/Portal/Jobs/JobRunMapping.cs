using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Jobs;

internal sealed class JobRunMapping : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> builder)
    {
        builder.ToTable("JobRuns");
        builder.HasKey(run => run.Name);
        builder.Property(run => run.Name).HasMaxLength(JobRun.NameMax).IsUnicode(false);
        builder.Property(run => run.Failure).HasMaxLength(JobRun.FailureMax);
    }
}
