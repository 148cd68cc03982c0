using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sandbox.Messaging.Rules;

/// <summary>The rules for template messages. Source: reference, "Template messages".</summary>
internal static partial class TemplateRules
{
    public static void Check(BodyCheck check, JsonElement message, string path, int index)
    {
        check.Text(message, path, "altText", Limits.AltText);
        if (check.Object(message, path, "template") is not { } template)
            return;

        var at = $"{path}.template";
        switch (check.OneOf(template, at, "type", ["buttons", "confirm", "carousel", "image_carousel"]))
        {
            case "buttons":
                Look(check, template, at);
                Panel(check, template, at, Limits.ButtonsTextClusters, Limits.ButtonsActions);
                break;

            case "confirm":
                check.Text(template, at, "text", Limits.ConfirmTextClusters, inGraphemes: true);
                Actions(check, template, at, Limits.ConfirmActions, Limits.ConfirmActions);
                break;

            case "carousel":
                Look(check, template, at);
                Columns(check, template, at, (column, columnAt) => Panel(check, column, columnAt, Limits.ColumnTextClusters, Limits.ColumnActions));
                Alike(check, template, at, index);
                break;

            case "image_carousel":
                Columns(check, template, at, (column, columnAt) =>
                {
                    check.PictureUrl(column, columnAt, "imageUrl");
                    if (check.Object(column, columnAt, "action") is { } action)
                        ActionRules.Check(check, action, $"{columnAt}.action", ActionPlace.ImageCarousel);
                });
                break;
        }
    }

    private static void Look(BodyCheck check, JsonElement template, string path)
    {
        check.OneOf(template, path, "imageAspectRatio", ["rectangle", "square"], isRequired: false);
        check.OneOf(template, path, "imageSize", ["cover", "contain"], isRequired: false);
    }

    /// <summary>A picture, a title, a text and buttons; with a picture or a title the text must be shorter.</summary>
    private static void Panel(BodyCheck check, JsonElement panel, string path, int textMax, int actionsMax)
    {
        check.PictureUrl(panel, path, "thumbnailImageUrl", isRequired: false);
        if (check.Text(panel, path, "imageBackgroundColor", 20, isRequired: false) is { } color && !Color().IsMatch(color))
            check.Add($"{path}.imageBackgroundColor", "invalid property");
        check.Text(panel, path, "title", Limits.TitleClusters, isRequired: false, inGraphemes: true);
        var isCrowded = BodyCheck.Has(panel, "title") || BodyCheck.Has(panel, "thumbnailImageUrl");
        check.Text(panel, path, "text", isCrowded ? Limits.CrowdedTextClusters : textMax, inGraphemes: true);
        if (check.Object(panel, path, "defaultAction", isRequired: false) is { } action)
            ActionRules.Check(check, action, $"{path}.defaultAction", ActionPlace.Surface);
        Actions(check, panel, path, min: 1, actionsMax);
    }

    private static void Columns(BodyCheck check, JsonElement template, string path, Action<JsonElement, string> checkColumn)
    {
        if (check.Array(template, path, "columns", 1, Limits.TemplateColumns) is not { } columns)
            return;

        foreach (var (at, column) in check.Objects(columns, $"{path}.columns"))
            checkColumn(column, at);
    }

    /// <summary>A carousel's columns have the same number of buttons, and a picture or a title in all or in none. LINE refuses the message as a whole; the text of the detail is ours.</summary>
    private static void Alike(BodyCheck check, JsonElement template, string path, int index)
    {
        if (check.Refusal is not null)
            return;

        var shapes = template.GetProperty("columns").EnumerateArray()
            .Select(column => (column.GetProperty("actions").GetArrayLength(), BodyCheck.Has(column, "title"), BodyCheck.Has(column, "thumbnailImageUrl")));
        if (shapes.Distinct().Count() > 1)
            check.InvalidMessage(index, [new($"must have the same number of actions, and the same of title and image, in all columns", $"{path}.columns")]);
    }

    private static void Actions(BodyCheck check, JsonElement parent, string path, int min, int max)
    {
        if (check.Array(parent, path, "actions", min, max) is not { } actions)
            return;

        foreach (var (at, action) in check.Objects(actions, $"{path}.actions"))
            ActionRules.Check(check, action, at, ActionPlace.Button);
    }

    [GeneratedRegex(@"\A#[0-9a-fA-F]{6}\z")]
    private static partial Regex Color();
}
