namespace Line.Coupons;

/// <summary>A discount: a fixed amount, a percentage or a price.</summary>
public sealed record DiscountReward : CouponReward
{
    private protected override string Kind => "discount";
}
