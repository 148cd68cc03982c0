using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Audit;

internal sealed class AuditModel : IEntityTypeConfiguration<AuditRow>
{
    public const int ActionMax = 60;
    public const int SubjectMax = 120;
    public const int StateMax = 4000;

    public void Configure(EntityTypeBuilder<AuditRow> row)
    {
        row.ToTable("AuditRows");
        row.Property(audit => audit.Action).HasMaxLength(ActionMax).IsUnicode(false);
        row.Property(audit => audit.Subject).HasMaxLength(SubjectMax).IsUnicode(false);
        row.Property(audit => audit.Before).HasMaxLength(StateMax);
        row.Property(audit => audit.After).HasMaxLength(StateMax);
        row.Property(audit => audit.Address).HasMaxLength(64).IsUnicode(false);
        row.Property(audit => audit.RequestId).HasMaxLength(64).IsUnicode(false);

        // No keys to people and organisations: the row outlives what it speaks of.
        row.HasIndex(audit => new { audit.TenantId, audit.Id });
        row.HasIndex(audit => new { audit.PersonId, audit.Id });
        row.HasIndex(audit => new { audit.Subject, audit.Id });
        row.HasIndex(audit => new { audit.Action, audit.Id });
        row.HasIndex(audit => audit.At);
    }
}
