namespace Line.Coupons;

/// <summary>Who is lucky.</summary>
/// <param name="LotteryProbability">1 to 99 percent.</param>
/// <param name="MaxAcquireCount">How many people at most: up to 999 999; -1 for any number.</param>
public sealed record LotteryAcquisition(int LotteryProbability, int MaxAcquireCount) : CouponAcquisition
{
    private protected override string Kind => "lottery";
}
