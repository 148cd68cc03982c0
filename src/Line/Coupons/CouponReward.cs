using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Line.Json;

namespace Line.Coupons;

/// <summary>What a coupon gives.</summary>
[JsonConverter(typeof(KindConverter<CouponReward>))]
public abstract record CouponReward : IKind<CouponReward>
{
    private protected CouponReward()
    {
    }

    /// <summary>The kind's name on the wire.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => Kind;

    private protected abstract string Kind { get; }

    /// <summary>How much; discounts and money back only.</summary>
    public CouponPrice? PriceInfo { get; init; }

    JsonElement? IKind<CouponReward>.Raw => (this as RawReward)?.Json;

    static JsonTypeInfo? IKind<CouponReward>.InfoOf(string? type) => type switch
    {
        "cashBack" => LineJson.Default.CashBackReward,
        "discount" => LineJson.Default.DiscountReward,
        "free" => LineJson.Default.FreeReward,
        "gift" => LineJson.Default.GiftReward,
        "others" => LineJson.Default.OtherReward,
        _ => null,
    };

    static CouponReward IKind<CouponReward>.Keep(JsonElement json) => new RawReward(json);
}
