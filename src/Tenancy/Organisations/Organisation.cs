namespace Tenancy;

/// <summary>A tenant: a company that buys, sells, or both.</summary>
public sealed class Organisation
{
    public required TenantId Id { get; init; }

    /// <summary>Its place in the path, <c>/o/{slug}</c>: 3 to 40 of a-z, 0-9 and hyphen; unique, never reused.</summary>
    public required string Slug { get; init; }

    /// <summary>As its people write it, 1 to 100 characters.</summary>
    public required string Name { get; set; }

    /// <summary>ISO 3166 alpha-2: TW, JP or TH.</summary>
    public required string Country { get; set; }

    /// <summary>Set when it may sell; null for a buyer only.</summary>
    public DateTimeOffset? CertifiedUntil { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
