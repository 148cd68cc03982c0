using System.Text.Json;

namespace Sandbox.Messaging;

/// <summary>The rules for template messages. Source: reference, "Template messages".</summary>
internal static class TemplateRules
{
    public static void Check(BodyCheck check, JsonElement message, string path)
    {
        check.Text(message, path, "altText", 1500);
        if (check.Object(message, path, "template") is not { } template)
            return;

        var at = $"{path}.template";
        switch (check.Text(template, at, "type", 40))
        {
            case null:
                break;

            case "buttons":
                Panel(check, template, at, textMax: 160, actionsMax: 4);
                break;

            case "confirm":
                check.Text(template, at, "text", 240, isRequired: true, inGraphemes: true);
                Actions(check, template, at, min: 2, max: 2);
                break;

            case "carousel":
                Columns(check, template, at, (column, columnAt) => Panel(check, column, columnAt, textMax: 120, actionsMax: 3));
                Alike(check, template, at);
                break;

            case "image_carousel":
                Columns(check, template, at, (column, columnAt) =>
                {
                    check.PictureUrl(column, columnAt, "imageUrl");
                    if (check.Object(column, columnAt, "action") is { } action)
                        ActionRules.Check(check, action, $"{columnAt}.action", isQuickReply: false, labelMax: 12, isLabelRequired: false);
                });
                break;

            default:
                check.Add($"{at}.type", "Must be one of the following values: [buttons, confirm, carousel, image_carousel]");
                break;
        }
    }

    /// <summary>A picture, a title, a text and buttons; with a picture or a title the text must be shorter.</summary>
    private static void Panel(BodyCheck check, JsonElement panel, string path, int textMax, int actionsMax)
    {
        check.PictureUrl(panel, path, "thumbnailImageUrl", isRequired: false);
        check.Text(panel, path, "title", 40, isRequired: false, inGraphemes: true);
        var isCrowded = panel.TryGetProperty("title", out _) || panel.TryGetProperty("thumbnailImageUrl", out _);
        check.Text(panel, path, "text", isCrowded ? 60 : textMax, isRequired: true, inGraphemes: true);
        Actions(check, panel, path, min: 1, actionsMax);
    }

    private static void Columns(BodyCheck check, JsonElement template, string path, Action<JsonElement, string> checkColumn)
    {
        if (check.Array(template, path, "columns", 1, 10) is not { } columns)
            return;

        foreach (var (index, column) in columns.EnumerateArray().Index())
        {
            if (column.ValueKind == JsonValueKind.Object)
                checkColumn(column, $"{path}.columns[{index}]");
            else
                check.WrongType($"{path}.columns[{index}]");
        }
    }

    /// <summary>A carousel's columns have the same number of buttons, and a picture or a title in all or in none. The text of the fault is ours.</summary>
    private static void Alike(BodyCheck check, JsonElement template, string path)
    {
        if (check.Refusal is not null)
            return;

        var shapes = template.GetProperty("columns").EnumerateArray()
            .Select(column => (column.GetProperty("actions").GetArrayLength(), column.TryGetProperty("title", out _), column.TryGetProperty("thumbnailImageUrl", out _)));
        if (shapes.Distinct().Count() > 1)
            check.Add($"{path}.columns", "must have the same number of actions, and the same of title and image, in all columns");
    }

    private static void Actions(BodyCheck check, JsonElement parent, string path, int min, int max)
    {
        if (check.Array(parent, path, "actions", min, max) is not { } actions)
            return;

        foreach (var (index, action) in actions.EnumerateArray().Index())
        {
            if (action.ValueKind == JsonValueKind.Object)
                ActionRules.Check(check, action, $"{path}.actions[{index}]", isQuickReply: false);
            else
                check.WrongType($"{path}.actions[{index}]");
        }
    }
}
