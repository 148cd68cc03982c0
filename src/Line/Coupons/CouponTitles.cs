namespace Line.Coupons;

/// <summary>LINE's answer to a list call.</summary>
internal sealed record CouponTitles(IReadOnlyList<CouponTitle>? Items, string? Next);
