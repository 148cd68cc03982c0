using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Store;
using Tenancy;

namespace Portal.Providers;

/// <summary>How applications lie in the database.</summary>
internal sealed class ProvidersModel :
    IEntityTypeConfiguration<ProviderApplication>,
    IEntityTypeConfiguration<ApplicationNote>,
    IEntityTypeConfiguration<CertifiedCompany>,
    IEntityTypeConfiguration<ProviderDocument>,
    IEntityTypeConfiguration<PrivacyCheck>
{
    private const int SealedTextMax = 1000;
    private const int HashLength = 64;
    private const int UrlMax = 2000;

    public void Configure(EntityTypeBuilder<ProviderApplication> application)
    {
        application.ToTable("ProviderApplications");
        application.Property(row => row.Id).HasConversion<GuidIdConverter<ApplicationId>>().ValueGeneratedNever();
        application.Property(row => row.Country).HasMaxLength(2).IsUnicode(false);
        application.Property(row => row.CompanyName).HasMaxLength(100);
        application.Property(row => row.LatinName).HasMaxLength(100);
        application.Property(row => row.RegistrationNumber).HasMaxLength(RegistrationNumber.LengthMax).IsUnicode(false);
        application.Property(row => row.RegisteredAddress).HasMaxLength(300);
        application.Property(row => row.SupportEmail).HasMaxLength(254);
        application.Property(row => row.PrivacyUrl).HasMaxLength(UrlMax);
        application.Property(row => row.Mailbox).HasMaxLength(254);
        application.Property(row => row.SealedCode).HasMaxLength(SealedTextMax);
        application.Property(row => row.BankCode).HasMaxLength(40);
        application.Property(row => row.AccountHolder).HasMaxLength(100);
        application.Property(row => row.SealedAccount).HasMaxLength(SealedTextMax);
        application.Property(row => row.AccountLast4).HasMaxLength(4).IsUnicode(false);
        application.Property(row => row.AccountFingerprint).HasMaxLength(HashLength).IsUnicode(false);
        application.Property(row => row.AgreementVersion).HasMaxLength(40);
        application.Property(row => row.RegistryEvidence).HasMaxLength(2000);
        application.Property(row => row.RefusalReasons).HasMaxLength(ApplicationNote.TextMax);
        application.Property(row => row.Editors).HasConversion(new JsonText.Converter<IReadOnlyList<PersonId>>(), new JsonText.Comparer<IReadOnlyList<PersonId>>());
        application.Property(row => row.Version).IsConcurrencyToken();
        application.HasIndex(row => new { row.TenantId, row.Round }).IsUnique();
        application.HasIndex(row => new { row.State, row.SubmittedAt });
        application.HasIndex(row => row.CertifiedUntil);
        application.HasOne<Organisation>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ApplicationNote> note)
    {
        note.ToTable("ApplicationNotes");
        note.Property(row => row.Id).ValueGeneratedNever();
        note.Property(row => row.ApplicationId).HasConversion<GuidIdConverter<ApplicationId>>();
        note.Property(row => row.Text).HasMaxLength(ApplicationNote.TextMax);
        note.HasIndex(row => new { row.ApplicationId, row.At });
        note.HasOne<ProviderApplication>().WithMany().HasForeignKey(row => row.ApplicationId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<CertifiedCompany> company)
    {
        company.ToTable("CertifiedCompanies");
        company.HasKey(row => new { row.Country, row.Number });
        company.Property(row => row.Country).HasMaxLength(2).IsUnicode(false);
        company.Property(row => row.Number).HasMaxLength(RegistrationNumber.LengthMax).IsUnicode(false);
        company.HasIndex(row => row.OwnerId);
    }

    public void Configure(EntityTypeBuilder<ProviderDocument> document)
    {
        document.ToTable("ProviderDocuments");
        document.Property(row => row.Id).HasConversion<GuidIdConverter<DocumentId>>().ValueGeneratedNever();
        document.Property(row => row.ApplicationId).HasConversion<GuidIdConverter<ApplicationId>>();
        document.Property(row => row.Kind).HasMaxLength(40);
        document.Property(row => row.FileName).HasMaxLength(ProviderDocument.FileNameMax);
        document.Property(row => row.ContentType).HasMaxLength(40).IsUnicode(false);
        document.Property(row => row.Fingerprint).HasMaxLength(HashLength).IsUnicode(false);
        document.HasIndex(row => new { row.ApplicationId, row.Kind });
        document.HasIndex(row => row.Scan);
        document.HasOne<ProviderApplication>().WithMany().HasForeignKey(row => row.ApplicationId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<PrivacyCheck> check)
    {
        check.ToTable("PrivacyChecks");
        check.Property(row => row.Id).ValueGeneratedNever();
        check.Property(row => row.ApplicationId).HasConversion<GuidIdConverter<ApplicationId>>();
        check.Property(row => row.AskedUrl).HasMaxLength(UrlMax);
        check.Property(row => row.FinalUrl).HasMaxLength(UrlMax);
        check.Property(row => row.Hash).HasMaxLength(HashLength).IsUnicode(false);
        check.Property(row => row.Text).Metadata.SetMaxLength(null);
        check.HasIndex(row => new { row.ApplicationId, row.At });
        check.HasOne<ProviderApplication>().WithMany().HasForeignKey(row => row.ApplicationId).OnDelete(DeleteBehavior.Restrict);
    }
}
