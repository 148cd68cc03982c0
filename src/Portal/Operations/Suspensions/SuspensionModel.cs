using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Operations.Suspensions;

internal sealed class SuspensionModel : IEntityTypeConfiguration<Suspension>
{
    public void Configure(EntityTypeBuilder<Suspension> suspension)
    {
        suspension.ToTable("Suspensions");
        suspension.Property(row => row.Id).ValueGeneratedNever();
        suspension.Property(row => row.Title).HasMaxLength(200);
        suspension.Property(row => row.Reason).HasMaxLength(Suspension.ReasonMax);
        suspension.Property(row => row.LiftReason).HasMaxLength(Suspension.ReasonMax);
        suspension.Property(row => row.Before).HasMaxLength(200);
        // A concurrency token, too: two who lift it at once are one.
        suspension.Property(row => row.OpenKey).HasMaxLength(60).IsUnicode(false).IsConcurrencyToken();
        suspension.HasIndex(row => row.OpenKey).IsUnique();
        suspension.HasIndex(row => row.SuspendedAt);
    }
}
