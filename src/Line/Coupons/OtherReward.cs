namespace Line.Coupons;

/// <summary>Anything else.</summary>
public sealed record OtherReward : CouponReward
{
    private protected override string Kind => "others";
}
