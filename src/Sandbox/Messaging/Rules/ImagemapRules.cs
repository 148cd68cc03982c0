using System.Text.Json;

namespace Sandbox.Messaging.Rules;

/// <summary>The rules for image maps: a picture 1040 wide with areas to tap, and perhaps a video in it. Source: reference, "Imagemap message".</summary>
internal static class ImagemapRules
{
    public static void Check(BodyCheck check, JsonElement message, string path)
    {
        check.PictureUrl(message, path, "baseUrl");
        check.Text(message, path, "altText", Limits.AltText);
        if (check.Object(message, path, "baseSize") is { } size)
        {
            check.Whole(size, $"{path}.baseSize", "width", Limits.ImagemapWidth, Limits.ImagemapWidth);
            check.Whole(size, $"{path}.baseSize", "height", 1, int.MaxValue);
        }

        if (check.Object(message, path, "video", isRequired: false) is { } video)
            Video(check, video, $"{path}.video");
        if (check.Array(message, path, "actions", 0, Limits.ImagemapActions) is not { } actions)
            return;

        foreach (var (at, action) in check.Objects(actions, $"{path}.actions"))
            Action(check, action, at);
    }

    private static void Action(BodyCheck check, JsonElement action, string path)
    {
        check.Text(action, path, "label", Limits.ImagemapLabel, isRequired: false);
        switch (check.OneOf(action, path, "type", ["uri", "message", "clipboard"]))
        {
            case "uri":
                ActionRules.Link(check, action, path, "linkUri");
                break;

            case "message":
                check.Text(action, path, "text", Limits.ImagemapText);
                break;

            case "clipboard":
                check.Text(action, path, "clipboardText", Limits.ClipboardText);
                break;
        }

        Area(check, action, path);
    }

    private static void Video(BodyCheck check, JsonElement video, string path)
    {
        check.PictureUrl(video, path, "originalContentUrl");
        check.PictureUrl(video, path, "previewImageUrl");
        Area(check, video, path);
        if (check.Object(video, path, "externalLink", isRequired: false) is not { } link)
            return;

        ActionRules.Link(check, link, $"{path}.externalLink", "linkUri");
        check.Text(link, $"{path}.externalLink", "label", Limits.ImagemapVideoLabel);
    }

    private static void Area(BodyCheck check, JsonElement parent, string path)
    {
        if (check.Object(parent, path, "area") is not { } area)
            return;

        var at = $"{path}.area";
        check.Whole(area, at, "x", 0, int.MaxValue);
        check.Whole(area, at, "y", 0, int.MaxValue);
        check.Whole(area, at, "width", 1, int.MaxValue);
        check.Whole(area, at, "height", 1, int.MaxValue);
    }
}
