namespace Line.Coupons;

/// <summary>A part off, or back.</summary>
/// <param name="Percentage">1 to 99.</param>
public sealed record PercentagePrice(int Percentage) : CouponPrice
{
    private protected override string Kind => "percentage";
}
