using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sandbox.Messaging.Rules;

/// <summary>The rules for what every message may have: quick replies, and another name and picture for its sender. Source: reference, "Common properties of messages".</summary>
internal static partial class SenderRules
{
    public static void Check(BodyCheck check, JsonElement message, string path)
    {
        QuickReply(check, message, path);
        if (check.Object(message, path, "sender", isRequired: false) is not { } sender)
            return;

        check.PictureUrl(sender, $"{path}.sender", "iconUrl", isRequired: false);
        if (check.Text(sender, $"{path}.sender", "name", Limits.SenderName, isRequired: false) is { } name && Reserved().IsMatch(name.Normalize(NormalizationForm.FormKC)))
            check.Add($"{path}.sender.name", "invalid property"); // LINE: "certain words such as LINE may not be used". We know that one.
    }

    private static void QuickReply(BodyCheck check, JsonElement message, string path)
    {
        if (check.Object(message, path, "quickReply", isRequired: false) is not { } quickReply || check.Array(quickReply, $"{path}.quickReply", "items", 1, Limits.QuickReplies) is not { } items)
            return;

        foreach (var (at, item) in check.Objects(items, $"{path}.quickReply.items"))
        {
            check.OneOf(item, at, "type", ["action"]);
            check.PictureUrl(item, at, "imageUrl", isRequired: false);
            if (check.Object(item, at, "action") is { } action)
                ActionRules.Check(check, action, $"{at}.action", ActionPlace.QuickReply);
        }
    }

    [GeneratedRegex("(?<![a-z])line(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reserved();
}
