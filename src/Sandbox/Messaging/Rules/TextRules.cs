using System.Text.Json;

namespace Sandbox.Messaging.Rules;

/// <summary>The rules for text with LINE's own emojis, each of which stands in the place of a <c>$</c>. Source: reference, "Text message".</summary>
internal static class TextRules
{
    public static void Check(BodyCheck check, JsonElement message, string path)
    {
        Quote(check, message, path);
        if (check.Text(message, path, "text", Limits.Text) is not { } text || check.Array(message, path, "emojis", 0, Limits.Emojis, isRequired: false) is not { } emojis)
            return;

        foreach (var (at, emoji) in check.Objects(emojis, $"{path}.emojis"))
        {
            check.Text(emoji, at, "productId", 100);
            check.Text(emoji, at, "emojiId", 100);
            // Places count in UTF-16 units.
            if (!emoji.TryGetProperty("index", out var place) || place.ValueKind != JsonValueKind.Number || !place.TryGetInt32(out var unit)
                || unit < 0 || unit >= text.Length || text[unit] != '$')
                check.Add($"{at}.index", "invalid property");
        }
    }

    /// <summary>A quote token, where one is given; whether it belongs to the chat is seen when the chat is known.</summary>
    public static void Quote(BodyCheck check, JsonElement message, string path) => check.Text(message, path, "quoteToken", 1000, isRequired: false);
}
