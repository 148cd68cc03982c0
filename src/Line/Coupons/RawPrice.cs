using System.Text.Json;
using Line.Json;

namespace Line.Coupons;

/// <summary>A worth of a kind that this version does not know.</summary>
/// <param name="Json">The object.</param>
public sealed record RawPrice(JsonElement Json) : CouponPrice
{
    private protected override string Kind => Json.Text("type") ?? "";
}
