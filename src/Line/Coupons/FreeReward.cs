namespace Line.Coupons;

/// <summary>Something for nothing.</summary>
public sealed record FreeReward : CouponReward
{
    private protected override string Kind => "free";
}
