namespace Line.Coupons;

/// <summary>A price in place of another.</summary>
/// <param name="PriceAfterDiscount">With the coupon.</param>
/// <param name="OriginalPrice">Without it.</param>
public sealed record ExplicitPrice(long PriceAfterDiscount, long OriginalPrice) : CouponPrice
{
    private protected override string Kind => "explicit";
}
