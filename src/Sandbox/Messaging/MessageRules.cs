using System.Text.Json;

namespace Sandbox.Messaging;

/// <summary>The rules for message objects. Source: reference, "Message objects".</summary>
internal static class MessageRules
{
    private const int MessagesMax = 5;

    /// <summary>Checks the <c>messages</c> of a sending call and returns them; null when something is wrong.</summary>
    public static IReadOnlyList<JsonElement>? Check(BodyCheck check, JsonElement body)
    {
        if (check.Array(body, "", "messages", 1, MessagesMax) is not { } messages)
            return null;

        foreach (var (index, message) in messages.EnumerateArray().Index())
            CheckOne(check, message, $"messages[{index}]");
        return check.Refusal is null ? [.. messages.EnumerateArray()] : null;
    }

    /// <summary>Whether LINE gives a message of this type a quote token.</summary>
    public static bool IsQuotable(string? type) => type is "text" or "textV2" or "sticker" or "image" or "video" or "template" or "flex";

    private static void CheckOne(BodyCheck check, JsonElement message, string path)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            check.WrongType(path);
            return;
        }

        switch (check.Text(message, path, "type", 40))
        {
            case null:
                return;

            case "text":
                if (check.Text(message, path, "text", 5000) is { } text)
                    Emojis(check, message, path, text);
                break;

            case "textV2":
                check.Text(message, path, "text", 5000);
                break;

            case "sticker":
                Digits(check, message, path, "packageId");
                Digits(check, message, path, "stickerId");
                break;

            case "image":
                check.PictureUrl(message, path, "originalContentUrl");
                check.PictureUrl(message, path, "previewImageUrl");
                break;

            case "video":
                check.PictureUrl(message, path, "originalContentUrl");
                check.PictureUrl(message, path, "previewImageUrl");
                check.Text(message, path, "trackingId", 100, isRequired: false);
                break;

            case "audio":
                check.PictureUrl(message, path, "originalContentUrl");
                check.Number(message, path, "duration", 1, int.MaxValue);
                break;

            case "location":
                check.Text(message, path, "title", 100);
                check.Text(message, path, "address", 100);
                check.Number(message, path, "latitude", -90, 90);
                check.Number(message, path, "longitude", -180, 180);
                break;

            case "template":
                TemplateRules.Check(check, message, path);
                break;

            case "imagemap":
                check.PictureUrl(message, path, "baseUrl");
                check.Text(message, path, "altText", 1500);
                check.Object(message, path, "baseSize");
                check.Array(message, path, "actions", 0, 50);
                break;

            case "flex":
                check.Text(message, path, "altText", 1500);
                check.Object(message, path, "contents");
                break;

            case "coupon":
                check.Text(message, path, "couponId", 100);
                break;

            default:
                check.Add($"{path}.type", "Must be one of the following values: [text, textV2, sticker, image, video, audio, location, imagemap, template, flex, coupon]");
                return;
        }

        QuickReply(check, message, path);
        Sender(check, message, path);
    }

    /// <summary>Each of LINE's emojis stands in the place of a <c>$</c> of the text; places count in UTF-16 units.</summary>
    private static void Emojis(BodyCheck check, JsonElement message, string path, string text)
    {
        if (check.Array(message, path, "emojis", 0, 20, isRequired: false) is not { } emojis)
            return;

        foreach (var (index, emoji) in emojis.EnumerateArray().Index())
        {
            var at = $"{path}.emojis[{index}]";
            if (emoji.ValueKind != JsonValueKind.Object)
                check.WrongType(at);
            else if (!emoji.TryGetProperty("index", out var place) || place.ValueKind != JsonValueKind.Number || !place.TryGetInt32(out var unit)
                || unit < 0 || unit >= text.Length || text[unit] != '$')
                check.Add($"{at}.index", "invalid property");
        }
    }

    private static void QuickReply(BodyCheck check, JsonElement message, string path)
    {
        if (check.Object(message, path, "quickReply", isRequired: false) is not { } quickReply || check.Array(quickReply, $"{path}.quickReply", "items", 1, 13) is not { } items)
            return;

        foreach (var (index, item) in items.EnumerateArray().Index())
        {
            var at = $"{path}.quickReply.items[{index}]";
            if (item.ValueKind != JsonValueKind.Object)
            {
                check.WrongType(at);
                continue;
            }

            if (check.Text(item, at, "type", 40) is { } type && type != "action")
                check.Add($"{at}.type", "Must be one of the following values: [action]");
            check.PictureUrl(item, at, "imageUrl", isRequired: false);
            if (check.Object(item, at, "action") is { } action)
                ActionRules.Check(check, action, $"{at}.action", isQuickReply: true);
        }
    }

    private static void Sender(BodyCheck check, JsonElement message, string path)
    {
        if (check.Object(message, path, "sender", isRequired: false) is not { } sender)
            return;

        check.Text(sender, $"{path}.sender", "name", 20, isRequired: false);
        check.PictureUrl(sender, $"{path}.sender", "iconUrl", isRequired: false);
    }

    private static void Digits(BodyCheck check, JsonElement message, string path, string name)
    {
        if (check.Text(message, path, name, 20) is { } digits && !digits.All(char.IsAsciiDigit))
            check.Add($"{path}.{name}", "invalid property");
    }
}
