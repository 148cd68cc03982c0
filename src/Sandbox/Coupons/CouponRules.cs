using System.Text.Json;
using Sandbox.Messaging;

namespace Sandbox.Coupons;

/// <summary>The rules for coupons. Source: LINE's messaging-api.yml, CouponCreateRequest.</summary>
internal static class CouponRules
{
    private static readonly string[] Rewards = ["cashBack", "discount", "free", "gift", "others"];

    private static readonly string[] Zones =
    [
        "ETC_GMT_MINUS_12", "ETC_GMT_MINUS_11", "PACIFIC_HONOLULU", "AMERICA_ANCHORAGE", "AMERICA_LOS_ANGELES", "AMERICA_PHOENIX", "AMERICA_CHICAGO",
        "AMERICA_NEW_YORK", "AMERICA_CARACAS", "AMERICA_SANTIAGO", "AMERICA_ST_JOHNS", "AMERICA_SAO_PAULO", "ETC_GMT_MINUS_2", "ATLANTIC_CAPE_VERDE",
        "EUROPE_LONDON", "EUROPE_PARIS", "EUROPE_ISTANBUL", "EUROPE_MOSCOW", "ASIA_TEHRAN", "ASIA_TBILISI", "ASIA_KABUL", "ASIA_TASHKENT",
        "ASIA_COLOMBO", "ASIA_KATHMANDU", "ASIA_ALMATY", "ASIA_RANGOON", "ASIA_BANGKOK", "ASIA_TAIPEI", "ASIA_TOKYO", "AUSTRALIA_DARWIN",
        "AUSTRALIA_SYDNEY", "ASIA_VLADIVOSTOK", "ETC_GMT_PLUS_12", "PACIFIC_TONGATAPU",
    ];

    public static void Check(BodyCheck check, JsonElement body)
    {
        check.Text(body, "", "title", 60);
        check.Text(body, "", "description", 1000, isRequired: false);
        check.Text(body, "", "usageCondition", 100, isRequired: false);
        check.Text(body, "", "couponCode", 100, isRequired: false);
        check.PictureUrl(body, "", "imageUrl", isRequired: false);
        check.PictureUrl(body, "", "barcodeImageUrl", isRequired: false);
        check.Number(body, "", "maxUseCountPerTicket", -1, 1);
        OneOf(check, body, "", "visibility", ["UNLISTED", "PUBLIC"]);
        if (check.Text(body, "", "timezone", 40) is { } zone && !Zones.Contains(zone, StringComparer.Ordinal))
            check.Add("timezone", "invalid property");
        check.Number(body, "", "startTimestamp", 0, 253_402_300_799); // The end of the year 9999.
        check.Number(body, "", "endTimestamp", 0, 253_402_300_799);
        if (check.Refusal is null && body.GetProperty("endTimestamp").GetDouble() <= body.GetProperty("startTimestamp").GetDouble())
            check.Add("endTimestamp", "must be later than startTimestamp");
        if (check.Object(body, "", "acquisitionCondition") is { } condition)
            Condition(check, condition);
        if (check.Object(body, "", "reward", isRequired: false) is { } reward)
            Reward(check, reward);
    }

    private static void Condition(BodyCheck check, JsonElement condition)
    {
        const string At = "acquisitionCondition";
        if (OneOf(check, condition, At, "type", ["normal", "lottery"]) != "lottery")
            return;

        check.Number(condition, At, "lotteryProbability", 1, 99);
        check.Number(condition, At, "maxAcquireCount", -1, 999_999);
    }

    private static void Reward(BodyCheck check, JsonElement reward)
    {
        if (OneOf(check, reward, "reward", "type", Rewards) is not ("cashBack" or "discount") || check.Object(reward, "reward", "priceInfo", isRequired: false) is not { } price)
            return;

        const string At = "reward.priceInfo";
        switch (OneOf(check, price, At, "type", reward.GetProperty("type").ValueEquals("discount") ? ["fixed", "percentage", "explicit"] : ["fixed", "percentage"]))
        {
            case "fixed":
                check.Number(price, At, "fixedAmount", 1, int.MaxValue);
                break;

            case "percentage":
                check.Number(price, At, "percentage", 1, 99);
                break;

            case "explicit":
                check.Number(price, At, "priceAfterDiscount", 0, int.MaxValue);
                check.Number(price, At, "originalPrice", 1, int.MaxValue);
                break;
        }
    }

    private static string? OneOf(BodyCheck check, JsonElement parent, string path, string name, string[] allowed)
    {
        if (check.Text(parent, path, name, 40) is not { } text)
            return null;
        if (allowed.Contains(text, StringComparer.Ordinal))
            return text;

        check.Add(path.Length == 0 ? name : $"{path}.{name}", $"Must be one of the following values: [{string.Join(", ", allowed)}]");
        return null;
    }
}
