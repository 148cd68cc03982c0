using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sandbox.Messaging.Rules;

/// <summary>The rules for stickers, pictures, videos, sounds, places and coupons. Files behind addresses are not fetched, so their size and type are not checked. Source: reference, "Message objects".</summary>
internal static partial class MediaRules
{
    public static void Sticker(BodyCheck check, JsonElement message, string path)
    {
        TextRules.Quote(check, message, path);
        Digits(check, message, path, "packageId");
        Digits(check, message, path, "stickerId");
    }

    public static void Image(BodyCheck check, JsonElement message, string path)
    {
        check.PictureUrl(message, path, "originalContentUrl");
        check.PictureUrl(message, path, "previewImageUrl");
    }

    public static void Video(BodyCheck check, JsonElement message, string path)
    {
        Image(check, message, path);
        if (check.Text(message, path, "trackingId", Limits.TrackingId, isRequired: false) is { } id && !TrackingId().IsMatch(id))
            check.Add($"{path}.trackingId", "invalid property");
    }

    public static void Audio(BodyCheck check, JsonElement message, string path)
    {
        check.PictureUrl(message, path, "originalContentUrl");
        check.Number(message, path, "duration", 1, int.MaxValue);
    }

    public static void Location(BodyCheck check, JsonElement message, string path)
    {
        check.Text(message, path, "title", Limits.PlaceTitle);
        check.Text(message, path, "address", Limits.PlaceAddress);
        check.Number(message, path, "latitude", -90, 90);
        check.Number(message, path, "longitude", -180, 180);
    }

    public static void Coupon(BodyCheck check, JsonElement message, string path)
    {
        check.Text(message, path, "couponId", 100);
        if (check.Text(message, path, "deliveryTag", Limits.DeliveryTag, isRequired: false) is { } tag && !DeliveryTag().IsMatch(tag))
            check.Add($"{path}.deliveryTag", "invalid property");
    }

    private static void Digits(BodyCheck check, JsonElement message, string path, string name)
    {
        if (check.Text(message, path, name, Limits.StickerDigits) is { } digits && !digits.All(char.IsAsciiDigit))
            check.Add($"{path}.{name}", "invalid property");
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9\-.=,+*()%$&;:@{}!?<>\[\]]+\z")]
    private static partial Regex TrackingId();

    [GeneratedRegex(@"\A[a-zA-Z0-9_]+\z")]
    private static partial Regex DeliveryTag();
}
