namespace Line.Coupons;

/// <summary>Money back: a fixed amount or a percentage.</summary>
public sealed record CashBackReward : CouponReward
{
    private protected override string Kind => "cashBack";
}
