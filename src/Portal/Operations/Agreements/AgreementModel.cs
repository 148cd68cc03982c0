using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Operations.Agreements;

internal sealed class AgreementModel : IEntityTypeConfiguration<Agreement>, IEntityTypeConfiguration<AgreementText>, IEntityTypeConfiguration<AgreementAcceptance>
{
    private const int LanguageMax = 10;

    public void Configure(EntityTypeBuilder<Agreement> agreement)
    {
        agreement.ToTable("Agreements");
        agreement.Property(row => row.Id).ValueGeneratedNever();
        // Two that publish at once: one number each.
        agreement.HasIndex(row => new { row.Kind, row.Number }).IsUnique();
        agreement.HasMany(row => row.Texts).WithOne().HasForeignKey(text => text.AgreementId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<AgreementText> text)
    {
        text.ToTable("AgreementTexts");
        text.HasKey(row => new { row.AgreementId, row.Language });
        text.Property(row => row.Language).HasMaxLength(LanguageMax).IsUnicode(false);
        text.Property(row => row.Title).HasMaxLength(AgreementText.TitleMax);
        text.Ignore(row => row.Fingerprint);
    }

    public void Configure(EntityTypeBuilder<AgreementAcceptance> acceptance)
    {
        acceptance.ToTable("AgreementAcceptances");
        acceptance.HasKey(row => new { row.AgreementId, row.TenantId, row.PersonId });
        acceptance.Property(row => row.Language).HasMaxLength(LanguageMax).IsUnicode(false);
        acceptance.Property(row => row.Fingerprint).HasMaxLength(60).IsUnicode(false);
        acceptance.HasOne<Agreement>().WithMany().HasForeignKey(row => row.AgreementId).OnDelete(DeleteBehavior.Restrict);
    }
}
