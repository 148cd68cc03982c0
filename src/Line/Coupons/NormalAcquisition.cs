namespace Line.Coupons;

/// <summary>Everybody.</summary>
public sealed record NormalAcquisition : CouponAcquisition
{
    private protected override string Kind => "normal";
}
