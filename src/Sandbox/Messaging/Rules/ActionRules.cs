using System.Text.Json;

namespace Sandbox.Messaging.Rules;

/// <summary>The rules for actions: what a button or quick reply does when it is pressed. Source: reference, "Action objects".</summary>
internal static class ActionRules
{
    private static readonly string[] Everywhere = ["postback", "message", "uri", "datetimepicker", "clipboard"];
    private static readonly string[] QuickReplyOnly = ["camera", "cameraRoll", "location"];
    private static readonly string[] InputOptions = ["closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"];
    private static readonly string[] UriSchemes = ["http", "https", "line", "tel"];

    /// <summary>Checks one action. The switch of a rich menu has a rule of its own beside the rich menus.</summary>
    public static void Check(BodyCheck check, JsonElement action, string path, ActionPlace place)
    {
        string[] allowed = place == ActionPlace.QuickReply ? [.. Everywhere, .. QuickReplyOnly] : Everywhere;
        if (check.OneOf(action, path, "type", allowed) is not { } type)
            return;

        Label(check, action, path, place);
        switch (type)
        {
            case "postback":
                Postback(check, action, path);
                break;

            case "message":
                check.Text(action, path, "text", Limits.ActionTextClusters, inGraphemes: true);
                break;

            case "uri":
                Link(check, action, path, "uri");
                if (check.Object(action, path, "altUri", isRequired: false) is { } other)
                    Link(check, other, $"{path}.altUri", "desktop");
                break;

            case "datetimepicker":
                check.Text(action, path, "data", Limits.PostbackData);
                PickerRules.Check(check, action, path);
                break;

            case "clipboard":
                check.Text(action, path, "clipboardText", Limits.ClipboardText);
                break;
        }
    }

    /// <summary>A link that LINE's apps would open.</summary>
    public static void Link(BodyCheck check, JsonElement parent, string path, string name)
    {
        if (check.Text(parent, path, name, Limits.ActionUri) is { } uri && !(Uri.TryCreate(uri, UriKind.Absolute, out var address) && UriSchemes.Contains(address.Scheme)))
            check.Add($"{path}.{name}", "invalid uri");
    }

    private static void Label(BodyCheck check, JsonElement action, string path, ActionPlace place)
    {
        var (max, isRequired) = place switch
        {
            ActionPlace.Button or ActionPlace.QuickReply => (Limits.LabelClusters, true),
            ActionPlace.FlexButton => (Limits.FlexButtonLabelClusters, true),
            ActionPlace.ImageCarousel => (Limits.ImageCarouselLabelClusters, false),
            ActionPlace.RichMenu => (Limits.LabelClusters, false),
            _ => (Limits.FlexButtonLabelClusters, false),
        };
        check.Text(action, path, "label", max, isRequired, inGraphemes: true);
    }

    private static void Postback(BodyCheck check, JsonElement action, string path)
    {
        check.Text(action, path, "data", Limits.PostbackData);
        check.Text(action, path, "displayText", Limits.ActionTextClusters, isRequired: false, inGraphemes: true);
        check.Text(action, path, "text", Limits.ActionTextClusters, isRequired: false, inGraphemes: true);
        if (BodyCheck.Has(action, "displayText") && BodyCheck.Has(action, "text"))
            check.Add($"{path}.text", "cannot be specified together with displayText"); // The rule is LINE's, the words are ours.

        var option = check.OneOf(action, path, "inputOption", InputOptions, isRequired: false);
        check.Text(action, path, "fillInText", Limits.ActionTextClusters, isRequired: false, inGraphemes: true);
        if (BodyCheck.Has(action, "fillInText") && option != "openKeyboard")
            check.Add($"{path}.fillInText", "can be specified with inputOption openKeyboard only");
    }
}
