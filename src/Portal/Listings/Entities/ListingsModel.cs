using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Catalog;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>How the providers' side of listings lies in the database.</summary>
internal sealed class ListingsModel : IEntityTypeConfiguration<OwnListing>, IEntityTypeConfiguration<ListingVersion>, IEntityTypeConfiguration<ListingImage>
{
    public void Configure(EntityTypeBuilder<OwnListing> own)
    {
        own.ToTable("OwnListings");
        own.HasKey(row => row.Id);
        own.Property(row => row.Slug).HasMaxLength(60).IsUnicode(false);
        own.Property(row => row.SuspendedFor).HasMaxLength(500);
        own.Property(row => row.Edition).IsConcurrencyToken();
        own.HasIndex(row => row.Slug).IsUnique();
        own.HasIndex(row => row.ModuleId).IsUnique();
        own.HasIndex(row => row.TenantId);
        own.HasOne<Module>().WithMany().HasForeignKey(row => row.ModuleId).OnDelete(DeleteBehavior.Restrict);
        own.HasOne<Organisation>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Restrict);
        IsJson(own.Property(row => row.Draft));
        IsJson(own.Property(row => row.Before));
    }

    public void Configure(EntityTypeBuilder<ListingVersion> version)
    {
        version.ToTable("ListingVersions");
        version.HasKey(row => row.Id);
        version.Property(row => row.Fingerprint).HasMaxLength(64).IsUnicode(false);
        version.Property(row => row.Verdict).HasMaxLength(2000);
        version.Property(row => row.State).IsConcurrencyToken();
        version.HasIndex(row => new { row.ListingId, row.Number }).IsUnique();
        version.HasIndex(row => new { row.State, row.SubmittedAt });
        version.HasOne<OwnListing>().WithMany().HasForeignKey(row => row.ListingId).OnDelete(DeleteBehavior.Restrict);
        IsJson(version.Property(row => row.Document));
        IsJson(version.Property(row => row.Remarks));
    }

    public void Configure(EntityTypeBuilder<ListingImage> image)
    {
        image.ToTable("ListingImages");
        image.HasKey(row => new { row.ListingId, row.Fingerprint });
        image.Property(row => row.Fingerprint).HasMaxLength(32).IsUnicode(false);
        image.Property(row => row.ContentType).HasMaxLength(40).IsUnicode(false);
        image.HasIndex(row => row.Fingerprint);
        image.HasOne<OwnListing>().WithMany().HasForeignKey(row => row.ListingId).OnDelete(DeleteBehavior.Restrict);
    }

    private static void IsJson<T>(PropertyBuilder<T> property)
    {
        property.HasConversion(new JsonText.Converter<T>(), new JsonText.Comparer<T>());
        property.Metadata.SetMaxLength(null);
    }
}
