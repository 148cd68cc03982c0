using System.Text.Json.Serialization;
using Line.Json;

namespace Line.Coupons;

/// <summary>A coupon that LINE keeps.</summary>
/// <param name="CouponId">Its id.</param>
public sealed record Coupon(string CouponId)
{
    /// <summary>Its title.</summary>
    public string? Title { get; init; }

    /// <summary><c>DRAFT</c>, <c>RUNNING</c> or <c>CLOSED</c>; an open set.</summary>
    public string? Status { get; init; }

    /// <summary>From when it is good.</summary>
    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? StartTimestamp { get; init; }

    /// <summary>Until when.</summary>
    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? EndTimestamp { get; init; }

    /// <summary>When it was made.</summary>
    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? CreatedTimestamp { get; init; }

    /// <summary>Who gets it.</summary>
    public CouponAcquisition? AcquisitionCondition { get; init; }

    /// <summary>What it gives.</summary>
    public CouponReward? Reward { get; init; }

    /// <summary><c>UNLISTED</c>, <c>PUBLIC</c> or <c>PRIVATE</c>; an open set.</summary>
    public string? Visibility { get; init; }

    /// <summary>The zone in which times are shown.</summary>
    public string? Timezone { get; init; }

    /// <summary>More about it.</summary>
    public string? Description { get; init; }

    /// <summary>When it can be used.</summary>
    public string? UsageCondition { get; init; }

    /// <summary>The picture.</summary>
    public Uri? ImageUrl { get; init; }

    /// <summary>A picture of the bar code.</summary>
    public Uri? BarcodeImageUrl { get; init; }

    /// <summary>A code to show in the shop.</summary>
    public string? CouponCode { get; init; }

    /// <summary>How many people may get it.</summary>
    public long? MaxAcquireCount { get; init; }

    /// <summary>How often one coupon can be used; -1: any number.</summary>
    public int? MaxUseCountPerTicket { get; init; }

    /// <summary>How many of it one person may get.</summary>
    public long? MaxTicketPerUser { get; init; }
}
