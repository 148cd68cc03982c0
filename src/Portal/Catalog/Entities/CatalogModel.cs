using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Store;
using Tenancy;

namespace Portal.Catalog;

/// <summary>How the catalog lies in the database.</summary>
internal sealed class CatalogModel :
    IEntityTypeConfiguration<Provider>,
    IEntityTypeConfiguration<Listing>,
    IEntityTypeConfiguration<ListingText>,
    IEntityTypeConfiguration<ListingPicture>,
    IEntityTypeConfiguration<ListingFacet>,
    IEntityTypeConfiguration<ListingGram>,
    IEntityTypeConfiguration<ListingPriceFrom>,
    IEntityTypeConfiguration<CatalogStamp>
{
    private const int SlugMax = 60;
    private const int LanguageMax = 10;
    private const int UrlMax = 2000;

    public void Configure(EntityTypeBuilder<Provider> provider)
    {
        provider.ToTable("Providers");
        provider.Property(row => row.Slug).HasMaxLength(SlugMax).IsUnicode(false);
        provider.Property(row => row.Name).HasMaxLength(100);
        provider.Property(row => row.LatinName).HasMaxLength(100);
        provider.Property(row => row.Country).HasMaxLength(2).IsUnicode(false);
        provider.Property(row => row.SupportEmail).HasMaxLength(254);
        // Suspended and certified at once: the second looks again.
        provider.Property(row => row.CertifiedUntil).IsConcurrencyToken();
        provider.HasIndex(row => row.Slug).IsUnique();
        provider.HasOne<Organisation>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Restrict);
        IsJson(provider.Property(row => row.About));
    }

    public void Configure(EntityTypeBuilder<Listing> listing)
    {
        listing.ToTable("Listings");
        listing.Property(row => row.Slug).HasMaxLength(SlugMax).IsUnicode(false);
        listing.Property(row => row.PrivacyPolicyUrl).HasMaxLength(UrlMax);
        listing.Property(row => row.TermsUrl).HasMaxLength(UrlMax);
        listing.Property(row => row.SupportEmail).HasMaxLength(254);
        listing.HasIndex(row => row.Slug).IsUnique();
        listing.HasIndex(row => row.ModuleId).IsUnique();
        listing.HasIndex(row => new { row.PublishedAt, row.Position });
        listing.HasOne<Module>().WithMany().HasForeignKey(row => row.ModuleId).OnDelete(DeleteBehavior.Restrict);
        listing.HasOne(row => row.Provider).WithMany().HasForeignKey(row => row.ProviderId).OnDelete(DeleteBehavior.Restrict);
        listing.HasMany(row => row.Texts).WithOne().HasForeignKey(row => row.ListingId).OnDelete(DeleteBehavior.Cascade);
        listing.HasMany(row => row.Pictures).WithOne().HasForeignKey(row => row.ListingId).OnDelete(DeleteBehavior.Cascade);
        IsJson(listing.Property(row => row.Permissions));
    }

    public void Configure(EntityTypeBuilder<ListingText> text)
    {
        text.ToTable("ListingTexts");
        text.HasKey(row => new { row.ListingId, row.Language });
        text.Property(row => row.Language).HasMaxLength(LanguageMax).IsUnicode(false);
        text.Property(row => row.Name).HasMaxLength(100);
        text.Property(row => row.Tagline).HasMaxLength(200);
        text.Property(row => row.SupportHours).HasMaxLength(200);
        IsJson(text.Property(row => row.About));
        IsJson(text.Property(row => row.Benefits));
        IsJson(text.Property(row => row.Conversation));
        IsJson(text.Property(row => row.Reasons));
        IsJson(text.Property(row => row.Plans));
        IsJson(text.Property(row => row.Releases));
        IsJson(text.Property(row => row.Keywords));
    }

    public void Configure(EntityTypeBuilder<ListingPicture> picture)
    {
        picture.ToTable("ListingPictures");
        picture.HasKey(row => new { row.ListingId, row.Kind, row.Language, row.Position });
        picture.Property(row => row.Language).HasMaxLength(LanguageMax).IsUnicode(false);
        picture.Property(row => row.ContentType).HasMaxLength(40).IsUnicode(false);
        picture.Property(row => row.Fingerprint).HasMaxLength(32).IsUnicode(false);
        picture.Property(row => row.AltText).HasMaxLength(300);
        picture.HasIndex(row => row.Fingerprint);
    }

    public void Configure(EntityTypeBuilder<ListingFacet> facet)
    {
        facet.ToTable("ListingFacets");
        facet.HasKey(row => new { row.Kind, row.Value, row.ListingId });
        facet.Property(row => row.Value).HasMaxLength(40).IsUnicode(false);
        facet.HasOne<Listing>().WithMany().HasForeignKey(row => row.ListingId);
    }

    public void Configure(EntityTypeBuilder<ListingGram> gram)
    {
        gram.ToTable("ListingGrams");
        gram.HasKey(row => new { row.Gram, row.ListingId });
        gram.Property(row => row.Gram).HasMaxLength(ListingGram.LengthMax);
        gram.HasOne<Listing>().WithMany().HasForeignKey(row => row.ListingId);
    }

    public void Configure(EntityTypeBuilder<ListingPriceFrom> price)
    {
        price.ToTable("ListingPricesFrom");
        price.HasKey(row => new { row.ListingId, row.Currency });
        price.HasOne<Listing>().WithMany().HasForeignKey(row => row.ListingId);
    }

    public void Configure(EntityTypeBuilder<CatalogStamp> stamp)
    {
        stamp.ToTable("CatalogStamps");
        stamp.HasKey(row => row.ListingId); // No foreign key: the stamp of a listing that is gone says so.
        stamp.Property(row => row.ListingId).ValueGeneratedNever();
        stamp.HasData(new CatalogStamp { ListingId = CatalogStamp.Whole, Stamp = new Guid("00000000-0000-0000-0000-000000000001") });
    }

    private static void IsJson<T>(PropertyBuilder<T> property)
    {
        property.HasConversion(new JsonText.Converter<T>(), new JsonText.Comparer<T>());
        property.Metadata.SetMaxLength(null);
    }
}
