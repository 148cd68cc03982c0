using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Line.Json;

namespace Line.Coupons;

/// <summary>How much a coupon is worth.</summary>
[JsonConverter(typeof(KindConverter<CouponPrice>))]
public abstract record CouponPrice : IKind<CouponPrice>
{
    private protected CouponPrice()
    {
    }

    /// <summary>The kind's name on the wire.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => Kind;

    private protected abstract string Kind { get; }

    /// <summary><c>JPY</c>, <c>THB</c> or <c>TWD</c>: only in answers; the account's country decides.</summary>
    public string? Currency { get; init; }

    JsonElement? IKind<CouponPrice>.Raw => (this as RawPrice)?.Json;

    static JsonTypeInfo? IKind<CouponPrice>.InfoOf(string? type) => type switch
    {
        "fixed" => LineJson.Default.FixedPrice,
        "percentage" => LineJson.Default.PercentagePrice,
        "explicit" => LineJson.Default.ExplicitPrice,
        _ => null,
    };

    static CouponPrice IKind<CouponPrice>.Keep(JsonElement json) => new RawPrice(json);
}
