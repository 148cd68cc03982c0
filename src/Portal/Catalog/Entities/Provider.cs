using Tenancy;

namespace Portal.Catalog;

/// <summary>The company behind modules, as the catalog shows it: open to everybody, unlike its organisation.</summary>
public sealed class Provider
{
    public required ProviderId Id { get; init; }

    /// <summary>Its organisation.</summary>
    public required TenantId TenantId { get; init; }

    public required string Slug { get; init; }

    /// <summary>As it is registered, in its own language.</summary>
    public required string Name { get; set; }

    /// <summary>For readers of other scripts.</summary>
    public required string LatinName { get; set; }

    /// <summary>ISO 3166 alpha-2.</summary>
    public required string Country { get; set; }

    public required string SupportEmail { get; set; }

    /// <summary>Until when its certification holds; null: never certified.</summary>
    public DateTimeOffset? CertifiedUntil { get; set; }

    /// <summary>Who they are, in a sentence or two: language → text.</summary>
    public required IReadOnlyDictionary<string, string> About { get; set; }
}
