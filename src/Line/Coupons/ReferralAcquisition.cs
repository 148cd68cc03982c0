namespace Line.Coupons;

/// <summary>Who brought a friend. Only LINE's screens make these.</summary>
public sealed record ReferralAcquisition : CouponAcquisition
{
    private protected override string Kind => "referral";
}
