using System.Text.RegularExpressions;
using Line.Validation;

namespace Line;

/// <summary>A coupon of the account.</summary>
/// <param name="CouponId">What creating it gave.</param>
public sealed partial record CouponMessage(string CouponId) : LineMessage
{
    private protected override string Kind => "coupon";

    /// <summary>Tells this sending of the coupon from others in LINE's statistics: 30 letters, digits and underscores at most.</summary>
    public string? DeliveryTag { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Given("couponId", CouponId);
        faults.Length("deliveryTag", DeliveryTag, 30);
        faults.Matches("deliveryTag", DeliveryTag, Tag());
    }

    [GeneratedRegex("^[a-zA-Z0-9_]*$")]
    private static partial Regex Tag();
}
