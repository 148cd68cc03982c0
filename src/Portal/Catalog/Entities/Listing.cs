using Tenancy;

namespace Portal.Catalog;

/// <summary>What the catalog shows of a module: open to everybody, unlike the module's own row.</summary>
public sealed class Listing
{
    public required ListingId Id { get; init; }

    public required ModuleId ModuleId { get; init; }

    public required ProviderId ProviderId { get; init; }

    /// <summary>Its place in the path, <c>/m/{slug}</c>: 3 to 60 of a-z, 0-9 and hyphen; unique, never reused.</summary>
    public required string Slug { get; init; }

    /// <summary>Codes of <see cref="Taxonomy.Verticals"/>, the first one gives the hue.</summary>
    public required IReadOnlyList<string> Verticals { get; set; }

    /// <summary>Codes of <see cref="Taxonomy.Functions"/>, the most telling first.</summary>
    public required IReadOnlyList<string> Functions { get; set; }

    /// <summary>How it behaves beside other modules.</summary>
    public required ModuleRole Role { get; set; }

    /// <summary>What it asks for, in the order in which a buyer reads it.</summary>
    public required IReadOnlyList<Permission> Permissions { get; set; }

    public required string PrivacyPolicyUrl { get; set; }

    /// <summary>The provider's terms; null: none of its own.</summary>
    public string? TermsUrl { get; set; }

    /// <summary>Who answers for this one; null: the provider's own address.</summary>
    public string? SupportEmail { get; set; }

    /// <summary>False for a sample listing: its provider runs no service behind it, so that nobody can put it on an account.</summary>
    public required bool IsInstallable { get; set; }

    /// <summary>The editors' order, from 0.</summary>
    public required int Position { get; set; }

    /// <summary>When it entered the catalog; null while it is in no shop window.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    public Provider? Provider { get; init; }

    /// <summary>One for each language it is written in.</summary>
    public List<ListingText> Texts { get; init; } = [];

    public List<ListingPicture> Pictures { get; init; } = [];

    /// <param name="Scope">LINE's name of it.</param>
    /// <param name="IsOptional">True when the module works without.</param>
    public sealed record Permission(string Scope, bool IsOptional);
}
