using Portal.Catalog;
using Tenancy;

namespace Portal.Listings;

/// <summary>An uploaded picture: kept as it came, named by its content, seen by its provider and by reviewers until a version with it is live.</summary>
public sealed class ListingImage : ITenantOwned
{
    public required ListingId ListingId { get; init; }

    /// <summary>First half of SHA-256 of the content, 32 hexadecimal digits.</summary>
    public required string Fingerprint { get; init; }

    public required TenantId TenantId { get; init; }

    /// <summary><c>image/png</c>, <c>image/jpeg</c> or <c>image/webp</c>, as its bytes say.</summary>
    public required string ContentType { get; init; }

    public required byte[] Content { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }
}
