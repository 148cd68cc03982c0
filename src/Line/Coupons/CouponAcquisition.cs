using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Line.Json;

namespace Line.Coupons;

/// <summary>Who gets a coupon.</summary>
[JsonConverter(typeof(KindConverter<CouponAcquisition>))]
public abstract record CouponAcquisition : IKind<CouponAcquisition>
{
    private protected CouponAcquisition()
    {
    }

    /// <summary>The kind's name on the wire.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => Kind;

    private protected abstract string Kind { get; }

    JsonElement? IKind<CouponAcquisition>.Raw => (this as RawAcquisition)?.Json;

    static JsonTypeInfo? IKind<CouponAcquisition>.InfoOf(string? type) => type switch
    {
        "normal" => LineJson.Default.NormalAcquisition,
        "lottery" => LineJson.Default.LotteryAcquisition,
        "referral" => LineJson.Default.ReferralAcquisition,
        _ => null,
    };

    static CouponAcquisition IKind<CouponAcquisition>.Keep(JsonElement json) => new RawAcquisition(json);
}
