using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tenancy;

namespace Portal.Identity;

/// <summary>ASP.NET Core Identity's rows in tables of our own names; what the registry's person has already is left out.</summary>
internal sealed class CredentialsMapping :
    IEntityTypeConfiguration<Credentials>, IEntityTypeConfiguration<IdentityUserLogin<PersonId>>, IEntityTypeConfiguration<IdentityUserToken<PersonId>>, IEntityTypeConfiguration<IdentityUserPasskey<PersonId>>
{
    private const int TextMax = 400;

    public void Configure(EntityTypeBuilder<Credentials> builder)
    {
        builder.ToTable("Credentials");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.UserName).HasMaxLength(32).IsUnicode(false);
        builder.Property(row => row.NormalizedUserName).HasMaxLength(32).IsUnicode(false);
        builder.Property(row => row.PasswordHash).HasMaxLength(TextMax).IsUnicode(false);
        builder.Property(row => row.SecurityStamp).HasMaxLength(64).IsUnicode(false);
        builder.Property(row => row.ConcurrencyStamp).HasMaxLength(64).IsUnicode(false).IsConcurrencyToken();
        builder.Ignore(row => row.Email).Ignore(row => row.NormalizedEmail).Ignore(row => row.PhoneNumber).Ignore(row => row.PhoneNumberConfirmed);
        builder.HasOne<Person>().WithOne().HasForeignKey<Credentials>(row => row.Id).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<IdentityUserLogin<PersonId>> builder)
    {
        builder.ToTable("CredentialLogins");
        builder.HasKey(row => new { row.LoginProvider, row.ProviderKey });
        builder.Property(row => row.LoginProvider).HasMaxLength(32).IsUnicode(false);
        builder.Property(row => row.ProviderKey).HasMaxLength(64).IsUnicode(false);
        builder.Property(row => row.ProviderDisplayName).HasMaxLength(100);
        builder.HasOne<Credentials>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<IdentityUserToken<PersonId>> builder)
    {
        builder.ToTable("CredentialTokens");
        builder.HasKey(row => new { row.UserId, row.LoginProvider, row.Name });
        builder.Property(row => row.LoginProvider).HasMaxLength(32).IsUnicode(false);
        builder.Property(row => row.Name).HasMaxLength(32).IsUnicode(false);
        builder.Property(row => row.Value).HasMaxLength(2000).IsUnicode(false);
        builder.HasOne<Credentials>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<PersonId>> builder)
    {
        builder.ToTable("CredentialPasskeys");
        builder.HasKey(row => row.CredentialId);
        builder.Property(row => row.CredentialId).HasMaxLength(900); // SQL Server's longest key. Authenticators make 16 to 64 bytes; the standard allows 1023.
        builder.OwnsOne(row => row.Data).ToJson();
        builder.HasOne<Credentials>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
