using Portal.Catalog;
using Tenancy;

namespace Portal.Listings;

/// <summary>How a listing stands towards buyers.</summary>
public enum ListingStanding
{
    /// <summary>Never published.</summary>
    Draft,

    /// <summary>In the shop window.</summary>
    Live,

    /// <summary>Taken out of the shop window by its provider; who has it keeps it.</summary>
    Unlisted,

    /// <summary>Taken out by the operator.</summary>
    Suspended,

    /// <summary>Taken out because its webhook failed the nightly check for days.</summary>
    Hidden,

    /// <summary>Out of the shop window, and ends for everybody on <see cref="OwnListing.RetiresAt"/>.</summary>
    Retiring,

    Retired,
}

/// <summary>A listing as its provider has it: the draft that is being written, and how far it is. What buyers see is the catalog's <see cref="Listing"/> of the same id.</summary>
public sealed class OwnListing : ITenantOwned
{
    public required ListingId Id { get; init; }

    /// <summary>The provider's organisation.</summary>
    public required TenantId TenantId { get; init; }

    public required ModuleId ModuleId { get; init; }

    /// <inheritdoc cref="Listing.Slug"/>
    public required string Slug { get; init; }

    public required ListingDocument Draft { get; set; }

    /// <summary>The draft before the last save, for taking that back; null when there is nothing to take back.</summary>
    public ListingDocument? Before { get; set; }

    /// <summary>Grows with every change of this row. A form brings the number it was made from; of two at once one is told.</summary>
    public int Edition { get; set; }

    public required ListingStanding Standing { get; set; }

    /// <summary>What buyers see now; null before the first one.</summary>
    public ListingVersionId? LiveVersionId { get; set; }

    /// <summary>The number of the last submitted version, from 1; 0 before.</summary>
    public int LastVersion { get; set; }

    /// <summary>When it entered the shop window for the first time.</summary>
    public DateTimeOffset? FirstPublishedAt { get; set; }

    /// <summary>Why the operator suspended it, in words for the provider.</summary>
    public string? SuspendedFor { get; set; }

    /// <summary>When it ends for everybody.</summary>
    public DateTimeOffset? RetiresAt { get; set; }

    /// <summary>When its buyers were told that it ends; null: not yet.</summary>
    public DateTimeOffset? BuyersToldAt { get; set; }

    /// <summary>Since when the nightly check of the webhook fails; null: it passed the last time.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>When the webhook was last checked.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>A new draft; the one before it can be had back.</summary>
    public void Change(ListingDocument draft, DateTimeOffset now)
    {
        (Before, Draft) = (Draft, draft);
        Touch(now);
    }

    /// <summary>Counts a change: of two that were made from the same edition the second is refused.</summary>
    public void Touch(DateTimeOffset now)
    {
        Edition++;
        ChangedAt = now;
    }
}
