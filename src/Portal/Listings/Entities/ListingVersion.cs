using Portal.Catalog;
using Tenancy;

namespace Portal.Listings;

public enum VersionState
{
    InReview,

    /// <summary>Buyers see it.</summary>
    Live,

    /// <summary>It was live until the next one.</summary>
    Replaced,

    /// <summary>The reviewer asks for changes, each at its field.</summary>
    Returned,

    Refused,

    /// <summary>Taken back by the provider before it was decided.</summary>
    Withdrawn,
}

/// <summary>What was submitted, word for word: never altered afterwards. Only its state moves.</summary>
public sealed class ListingVersion : ITenantOwned
{
    public required ListingVersionId Id { get; init; }

    public required ListingId ListingId { get; init; }

    public required TenantId TenantId { get; init; }

    /// <summary>From 1, within its listing.</summary>
    public required int Number { get; init; }

    public required ListingDocument Document { get; init; }

    /// <summary>Of the document, its pictures included: what a reviewer approves by name.</summary>
    public required string Fingerprint { get; init; }

    public required VersionState State { get; set; }

    public required PersonId SubmittedBy { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Null when it went live without a review: see <see cref="ReviewRules"/>.</summary>
    public PersonId? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>The reviewer's word on the whole; null: none.</summary>
    public string? Verdict { get; set; }

    /// <summary>The reviewer's words: path of a field → remark.</summary>
    public IReadOnlyDictionary<string, string> Remarks { get; set; } = new Dictionary<string, string>();
}
