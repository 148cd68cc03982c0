using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Mail;

internal sealed class OutgoingMailMapping : IEntityTypeConfiguration<OutgoingMail>
{
    public const int FailureMax = 500;

    public void Configure(EntityTypeBuilder<OutgoingMail> builder)
    {
        builder.ToTable("OutgoingMails");
        builder.Property(mail => mail.Id).ValueGeneratedNever();
        builder.Property(mail => mail.To).HasMaxLength(254);
        builder.Property(mail => mail.Language).HasMaxLength(35).IsUnicode(false);
        builder.Property(mail => mail.Kind).HasMaxLength(60).IsUnicode(false);
        builder.Property(mail => mail.Subject).HasMaxLength(500);
        builder.Property(mail => mail.LastFailure).HasMaxLength(FailureMax);
        // Two workers at one mail: the second one's update finds another count.
        builder.Property(mail => mail.Attempts).IsConcurrencyToken();
        builder.HasIndex(mail => mail.DueAt);
    }
}
