namespace Line.Coupons;

/// <summary>A coupon in a list.</summary>
/// <param name="CouponId">Its id.</param>
/// <param name="Title">Its title.</param>
public sealed record CouponTitle(string CouponId, string Title);
