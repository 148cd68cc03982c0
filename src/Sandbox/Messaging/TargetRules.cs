using System.Text.Json;
using Sandbox.Chats;

namespace Sandbox.Messaging;

/// <summary>What may be sent depends in a few things on the chat: its own quote tokens, mentions only among several people, play counts only with one.</summary>
/// <remarks>Source: reference, "Text message", "Text message (v2)", "Video message". The texts of the faults are ours.</remarks>
internal static class TargetRules
{
    /// <param name="chat">Null: the call goes to many chats, in which nothing can be quoted and nobody mentioned.</param>
    public static void Check(BodyCheck check, IReadOnlyList<JsonElement> messages, ChatKey? chat, ChatBook chats)
    {
        foreach (var (index, message) in messages.Index())
        {
            var at = $"messages[{index}]";
            var type = message.GetProperty("type").GetString();
            if (type is "text" or "textV2" or "sticker" && message.TryGetProperty("quoteToken", out var token) && token.ValueKind == JsonValueKind.String && !(chat is { } key && chats.IsQuote(key, token.GetString()!)))
                check.Add($"{at}.quoteToken", "invalid quote token");
            if (type == "video" && chat is { IsGroup: true } && BodyCheck.Has(message, "trackingId"))
                check.Add($"{at}.trackingId", "cannot be specified for groups and rooms");
            if (type == "textV2" && chat is not { IsGroup: true } && message.TryGetProperty("substitution", out var substitution) && substitution.ValueKind == JsonValueKind.Object)
                NoMention(check, substitution, at);
        }
    }

    private static void NoMention(BodyCheck check, JsonElement substitution, string at)
    {
        foreach (var entry in substitution.EnumerateObject().Where(entry => entry.Value.GetProperty("type").ValueEquals("mention")))
            check.Add($"{at}.substitution['{entry.Name}']", "mention can be specified for groups and rooms only");
    }
}
