namespace Line.Coupons;

/// <summary>A present.</summary>
public sealed record GiftReward : CouponReward
{
    private protected override string Kind => "gift";
}
