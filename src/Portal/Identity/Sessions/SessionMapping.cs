using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tenancy;

namespace Portal.Identity;

internal sealed class SessionMapping : IEntityTypeConfiguration<Session>
{
    public const int DeviceMax = 200;

    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("Sessions");
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.Property(session => session.Device).HasMaxLength(DeviceMax);
        builder.Property(session => session.Address).HasMaxLength(45).IsUnicode(false);
        builder.HasOne<Person>().WithMany().HasForeignKey(session => session.PersonId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(session => new { session.PersonId, session.EndedAt });
    }
}
