using System.Globalization;
using System.Text.Json;
using Sandbox.Messaging;
using Sandbox.Messaging.Rules;

namespace Sandbox.RichMenus;

/// <summary>The rules for rich menu objects. Source: reference, "Rich menu object" and "Rich menu switch action".</summary>
internal static class RichMenuRules
{
    public const int WidthMin = 800;
    public const int WidthMax = 2500;
    public const int HeightMin = 250;
    public const double RatioMin = 1.45;
    public const int AliasLengthMax = 32;

    private const int AreasMax = 20;

    /// <summary>How far an area may reach over the menu's edge, in its pixels. LINE has no rule, and its own samples overshoot by one; an area far outside is a mistake.</summary>
    private const int OvershootMax = 10;

    public static void Check(BodyCheck check, JsonElement body)
    {
        var size = Size(check, body);
        Present(check, body, "name", 300);
        Present(check, body, "chatBarText", 14);
        if (!body.TryGetProperty("selected", out var isSelected))
            check.Add("selected", "must be specified");
        else if (isSelected.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            check.WrongType("selected");

        if (check.Array(body, "", "areas", 0, AreasMax) is not { } areas)
            return;
        foreach (var (index, area) in areas.EnumerateArray().Index())
            Area(check, area, $"areas[{index}]", size);
    }

    private static (long Width, long Height)? Size(BodyCheck check, JsonElement body)
    {
        if (check.Object(body, "", "size") is not { } size)
            return null;

        var width = Whole(check, size, "size", "width", WidthMin, WidthMax);
        var height = Whole(check, size, "size", "height", HeightMin, int.MaxValue);
        if (width is null || height is null)
            return null;
        if ((double)width / height < RatioMin)
            check.Add("size", "The width/height ratio must be 1.45 or more");
        return (width.Value, height.Value);
    }

    private static void Area(BodyCheck check, JsonElement area, string path, (long Width, long Height)? size)
    {
        if (area.ValueKind != JsonValueKind.Object)
        {
            check.WrongType(path);
            return;
        }

        if (check.Object(area, path, "bounds") is { } bounds)
        {
            var at = $"{path}.bounds";
            var x = Whole(check, bounds, at, "x", 0, int.MaxValue);
            var y = Whole(check, bounds, at, "y", 0, int.MaxValue);
            var width = Whole(check, bounds, at, "width", 1, int.MaxValue);
            var height = Whole(check, bounds, at, "height", 1, int.MaxValue);
            if (size is var (menuWidth, menuHeight) && (x + width > menuWidth + OvershootMax || y + height > menuHeight + OvershootMax))
                check.Add(at, "must be inside the rich menu");
        }

        if (check.Object(area, path, "action") is { } action)
            Action(check, action, $"{path}.action");
    }

    private static void Action(BodyCheck check, JsonElement action, string path)
    {
        if (!action.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || !type.ValueEquals("richmenuswitch"))
        {
            ActionRules.Check(check, action, path, ActionPlace.RichMenu);
            return;
        }

        check.Text(action, path, "label", 20, isRequired: false, inGraphemes: true);
        check.Text(action, path, "data", 300);
        if (check.Text(action, path, "richMenuAliasId", AliasLengthMax) is { } alias && !RichMenuAliases.IsAliasId(alias))
            check.Add($"{path}.richMenuAliasId", "invalid property");
    }

    /// <summary>A required text, counted in grapheme clusters; LINE's example words its absence so.</summary>
    private static void Present(BodyCheck check, JsonElement body, string name, int max)
    {
        if (body.TryGetProperty(name, out _))
            check.Text(body, "", name, max, inGraphemes: true);
        else
            check.Add(name, "must be specified");
    }

    private static long? Whole(BodyCheck check, JsonElement parent, string path, string name, long min, long max)
    {
        var at = $"{path}.{name}";
        if (!parent.TryGetProperty(name, out var value))
            check.Add(at, "must be specified");
        else if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
            check.WrongType(at);
        else if (number < min || number > max)
            check.Add(at, string.Create(CultureInfo.InvariantCulture, $"Must be between {min} and {max}"));
        else
            return number;
        return null;
    }
}
