using System.Text.Json;

namespace Sandbox.Messaging;

/// <summary>The rules for actions: what a button or quick reply does when it is pressed. Source: reference, "Action objects".</summary>
internal static class ActionRules
{
    private static readonly string[] UriSchemes = ["http", "https", "line", "tel"];

    /// <param name="labelMax">Grapheme clusters.</param>
    public static void Check(BodyCheck check, JsonElement action, string path, bool isQuickReply, int labelMax = 20, bool isLabelRequired = true)
    {
        if (check.Text(action, path, "type", 40) is not { } type)
            return;

        check.Text(action, path, "label", labelMax, isLabelRequired, inGraphemes: true);
        switch (type)
        {
            case "postback":
                check.Text(action, path, "data", 300);
                check.Text(action, path, "displayText", 300, isRequired: false, inGraphemes: true);
                break;

            case "message":
                check.Text(action, path, "text", 300, isRequired: true, inGraphemes: true);
                break;

            case "uri":
                if (check.Text(action, path, "uri", 1000) is { } uri && !(Uri.TryCreate(uri, UriKind.Absolute, out var address) && UriSchemes.Contains(address.Scheme)))
                    check.Add($"{path}.uri", "invalid uri");
                break;

            case "datetimepicker":
                check.Text(action, path, "data", 300);
                if (check.Text(action, path, "mode", 20) is { } mode && mode is not ("date" or "time" or "datetime"))
                    check.Add($"{path}.mode", "Must be one of the following values: [date, time, datetime]");
                break;

            case "clipboard":
                check.Text(action, path, "clipboardText", 1000);
                break;

            case "camera" or "cameraRoll" or "location" when isQuickReply:
                break;

            default:
                check.Add($"{path}.type", isQuickReply
                    ? "Must be one of the following values: [postback, message, uri, datetimepicker, clipboard, camera, cameraRoll, location]"
                    : "Must be one of the following values: [postback, message, uri, datetimepicker, clipboard]");
                break;
        }
    }
}
