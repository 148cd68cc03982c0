using System.Text.Json;
using Sandbox.Messaging.Rules;

namespace Sandbox.Messaging;

/// <summary>The rules for message objects, by type. Source: reference, "Message objects".</summary>
internal static class MessageRules
{
    private static readonly string[] Types = ["text", "textV2", "sticker", "image", "video", "audio", "location", "imagemap", "template", "flex", "coupon"];

    /// <summary>Checks the <c>messages</c> of a sending call and returns them; null when something is wrong.</summary>
    public static IReadOnlyList<JsonElement>? Check(BodyCheck check, JsonElement body)
    {
        if (check.Array(body, "", "messages", 1, Limits.Messages) is not { } messages)
            return null;

        foreach (var (index, message) in messages.EnumerateArray().Index())
            CheckOne(check, message, index);
        return check.Refusal is null ? [.. messages.EnumerateArray()] : null;
    }

    /// <summary>Whether LINE gives a message of this type a quote token.</summary>
    public static bool IsQuotable(string? type) => type is "text" or "textV2" or "sticker" or "image" or "video" or "template" or "flex";

    private static void CheckOne(BodyCheck check, JsonElement message, int index)
    {
        var path = $"messages[{index}]";
        if (message.ValueKind != JsonValueKind.Object)
        {
            check.WrongType(path);
            return;
        }

        switch (check.OneOf(message, path, "type", Types))
        {
            case null:
                return;

            case "text":
                TextRules.Check(check, message, path);
                break;

            case "textV2":
                SubstitutionRules.Check(check, message, path);
                break;

            case "sticker":
                MediaRules.Sticker(check, message, path);
                break;

            case "image":
                MediaRules.Image(check, message, path);
                break;

            case "video":
                MediaRules.Video(check, message, path);
                break;

            case "audio":
                MediaRules.Audio(check, message, path);
                break;

            case "location":
                MediaRules.Location(check, message, path);
                break;

            case "coupon":
                MediaRules.Coupon(check, message, path);
                break;

            case "imagemap":
                ImagemapRules.Check(check, message, path);
                break;

            case "template":
                TemplateRules.Check(check, message, path, index);
                break;

            case "flex":
                FlexRules.Check(check, message, path, index);
                break;
        }

        SenderRules.Check(check, message, path);
    }
}
