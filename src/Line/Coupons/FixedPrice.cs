namespace Line.Coupons;

/// <summary>So much off, or back.</summary>
/// <param name="FixedAmount">In the account's currency.</param>
public sealed record FixedPrice(long FixedAmount) : CouponPrice
{
    private protected override string Kind => "fixed";
}
