using System.Text.Json.Serialization;
using Line.Json;
using Line.Validation;

namespace Line.Coupons;

/// <summary>A coupon to create.</summary>
/// <param name="Title">1 to 60 characters.</param>
/// <param name="StartTimestamp">From when it is good.</param>
/// <param name="EndTimestamp">Until when.</param>
public sealed record CouponDraft(
    string Title,
    [property: JsonConverter(typeof(UnixSecondsConverter))] DateTimeOffset StartTimestamp,
    [property: JsonConverter(typeof(UnixSecondsConverter))] DateTimeOffset EndTimestamp) : IChecked
{
    /// <summary>Who gets it.</summary>
    public CouponAcquisition AcquisitionCondition { get; init; } = new NormalAcquisition();

    /// <summary><c>UNLISTED</c>, or <c>PUBLIC</c> for LINE's list of coupons.</summary>
    public string Visibility { get; init; } = "UNLISTED";

    /// <summary>The zone in which times are shown, like <c>ASIA_TOKYO</c>, <c>ASIA_TAIPEI</c>, <c>ASIA_BANGKOK</c>.</summary>
    public string Timezone { get; init; } = "ASIA_TOKYO";

    /// <summary>How often one coupon can be used: 1, or -1 for any number.</summary>
    public int MaxUseCountPerTicket { get; init; } = 1;

    /// <summary>What it gives.</summary>
    public CouponReward? Reward { get; init; }

    /// <summary>More about it: 1000 characters at most.</summary>
    public string? Description { get; init; }

    /// <summary>When it can be used: 100 characters at most.</summary>
    public string? UsageCondition { get; init; }

    /// <summary>The picture.</summary>
    public Uri? ImageUrl { get; init; }

    /// <summary>A picture of the bar code to show in the shop.</summary>
    public Uri? BarcodeImageUrl { get; init; }

    /// <summary>A code to show in the shop.</summary>
    public string? CouponCode { get; init; }

    /// <summary>What LINE would refuse; empty when nothing.</summary>
    public IReadOnlyList<LineErrorDetail> Check() => LineLimits.Check(this);

    void IChecked.Check(FaultFinder faults)
    {
        faults.Text("title", Title, 60);
        if (EndTimestamp <= StartTimestamp)
            faults.Add("endTimestamp", "must be later than startTimestamp");

        faults.Given("acquisitionCondition", AcquisitionCondition);
        if (AcquisitionCondition is LotteryAcquisition lottery)
        {
            faults.Range("acquisitionCondition.lotteryProbability", lottery.LotteryProbability, 1, 99);
            faults.Range("acquisitionCondition.maxAcquireCount", lottery.MaxAcquireCount, int.MinValue, 999_999);
        }

        faults.Range("maxUseCountPerTicket", MaxUseCountPerTicket, int.MinValue, 1);
        faults.Length("description", Description, 1000);
        faults.Length("usageCondition", UsageCondition, 100);
        if (Reward?.PriceInfo is PercentagePrice price)
            faults.Range("reward.priceInfo.percentage", price.Percentage, 1, 99);
    }
}
