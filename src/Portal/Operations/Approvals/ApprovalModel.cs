using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tenancy;

namespace Portal.Operations.Approvals;

internal sealed class ApprovalModel : IEntityTypeConfiguration<Approval>, IEntityTypeConfiguration<ApprovalVote>
{
    public void Configure(EntityTypeBuilder<Approval> approval)
    {
        approval.ToTable("Approvals");
        approval.Property(row => row.Id).HasConversion<GuidIdConverter<ApprovalId>>().ValueGeneratedNever();
        approval.Property(row => row.Revision).IsConcurrencyToken();
        approval.Ignore(row => row.Current);
        approval.HasMany(row => row.Votes).WithOne().HasForeignKey(vote => vote.ApprovalId).OnDelete(DeleteBehavior.Restrict);
        approval.HasIndex(row => new { row.Kind, row.SubjectId }).IsUnique();
        approval.HasIndex(row => new { row.State, row.SubmittedAt });
    }

    public void Configure(EntityTypeBuilder<ApprovalVote> vote)
    {
        vote.ToTable("ApprovalVotes");
        vote.Property(row => row.ApprovalId).HasConversion<GuidIdConverter<ApprovalId>>();
        vote.Property(row => row.Reason).HasMaxLength(ApprovalVote.ReasonMax);
        // One vote a person and submission, whatever is clicked at once.
        vote.HasKey(row => new { row.ApprovalId, row.Round, row.PersonId });
    }
}
