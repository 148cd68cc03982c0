using System.Text.Json;
using Sandbox.Http;

namespace Sandbox.Messaging.Rules;

/// <summary>The rules for the components of a flex message: which may stand where, what each must have, and that it has nothing that LINE does not know.</summary>
/// <remarks>LINE refuses a property that it does not know with "unknown field", and a component in a wrong place with "invalid property". Source: reference, "Flex Message".</remarks>
internal static class FlexComponents
{
    private static readonly Dictionary<string, Func<JsonElement, bool>> Placing = new()
    {
        ["margin"] = FlexValues.Margin, ["position"] = FlexValues.Word("relative", "absolute"),
        ["offsetTop"] = FlexValues.Offset, ["offsetBottom"] = FlexValues.Offset, ["offsetStart"] = FlexValues.Offset, ["offsetEnd"] = FlexValues.Offset,
    };

    private static readonly Dictionary<string, Func<JsonElement, bool>> Letters = new()
    {
        ["size"] = FlexValues.TextSize, ["color"] = FlexValues.Color, ["weight"] = FlexValues.Word("regular", "bold"),
        ["style"] = FlexValues.Word("normal", "italic"), ["decoration"] = FlexValues.Word("none", "underline", "line-through"),
    };

    private static readonly Dictionary<string, Func<JsonElement, bool>> Shrinking = new() { ["adjustMode"] = FlexValues.Word("shrink-to-fit"), ["scaling"] = FlexValues.Switch };

    private static readonly Func<JsonElement, bool> Gravity = FlexValues.Word("top", "bottom", "center");
    private static readonly Func<JsonElement, bool> Align = FlexValues.Word("start", "end", "center");

    /// <summary>What each component may have beside its type and what <see cref="Parts"/> looks at.</summary>
    private static readonly Dictionary<string, Dictionary<string, Func<JsonElement, bool>>> Properties = new()
    {
        ["box"] = new(Placing)
        {
            ["layout"] = FlexValues.Word("horizontal", "vertical", "baseline"), ["flex"] = FlexValues.Ratio, ["spacing"] = FlexValues.Margin,
            ["backgroundColor"] = FlexValues.Color, ["borderColor"] = FlexValues.Color, ["borderWidth"] = FlexValues.BorderWidth, ["cornerRadius"] = FlexValues.Margin,
            ["width"] = FlexValues.Length, ["maxWidth"] = FlexValues.Length, ["height"] = FlexValues.Length, ["maxHeight"] = FlexValues.Length,
            ["paddingAll"] = FlexValues.Offset, ["paddingTop"] = FlexValues.Offset, ["paddingBottom"] = FlexValues.Offset, ["paddingStart"] = FlexValues.Offset, ["paddingEnd"] = FlexValues.Offset,
            ["justifyContent"] = FlexValues.Word("center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"),
            ["alignItems"] = FlexValues.Word("center", "flex-start", "flex-end"),
        },
        ["button"] = new(Placing.Concat(Shrinking))
        {
            ["flex"] = FlexValues.Ratio, ["height"] = FlexValues.Word("md", "sm"), ["style"] = FlexValues.Word("primary", "secondary", "link"), ["color"] = FlexValues.Color, ["gravity"] = Gravity,
        },
        ["image"] = new(Placing)
        {
            ["flex"] = FlexValues.Ratio, ["align"] = Align, ["gravity"] = Gravity, ["size"] = FlexValues.ImageSize, ["aspectRatio"] = FlexValues.AspectRatio,
            ["aspectMode"] = FlexValues.Word("fit", "cover"), ["backgroundColor"] = FlexValues.Color, ["animated"] = FlexValues.Switch,
        },
        ["video"] = new() { ["aspectRatio"] = FlexValues.AspectRatio },
        ["icon"] = new(Placing) { ["size"] = FlexValues.TextSize, ["aspectRatio"] = FlexValues.AspectRatio, ["scaling"] = FlexValues.Switch },
        ["text"] = new(Placing.Concat(Letters).Concat(Shrinking))
        {
            ["flex"] = FlexValues.Ratio, ["align"] = Align, ["gravity"] = Gravity, ["wrap"] = FlexValues.Switch, ["lineSpacing"] = FlexValues.Line, ["maxLines"] = FlexValues.Ratio,
        },
        ["span"] = new(Letters),
        ["separator"] = new() { ["margin"] = FlexValues.Margin, ["color"] = FlexValues.Color },
        ["filler"] = new() { ["flex"] = FlexValues.Ratio },
    };

    /// <summary>What of each component holds other things, and has rules of its own.</summary>
    private static readonly Dictionary<string, string[]> Parts = new()
    {
        ["box"] = ["contents", "action", "background"], ["button"] = ["action"], ["image"] = ["url", "action"], ["video"] = ["url", "previewUrl", "altContent", "action"],
        ["icon"] = ["url"], ["text"] = ["text", "contents", "action"], ["span"] = ["text"], ["separator"] = [], ["filler"] = [],
    };

    private static readonly string[] InBox = ["box", "button", "image", "text", "separator", "filler"];
    private static readonly string[] InBaseline = ["icon", "text", "filler"];

    /// <param name="allowed">The types that may stand here.</param>
    public static void Check(FlexFaults faults, JsonElement component, string pointer, string[] allowed)
    {
        if (component.ValueKind != JsonValueKind.Object || !component.TryGetProperty("type", out var named) || named.ValueKind != JsonValueKind.String
            || named.GetString() is not { } type || !allowed.Contains(type))
        {
            faults.Invalid(pointer);
            return;
        }

        Known(faults, component, pointer, ["type", .. Properties[type].Keys, .. Parts[type]]);
        foreach (var (name, isRight) in Properties[type])
            FlexValues.Property(faults, component, pointer, name, isRight);
        Holds(faults, component, pointer, type);
    }

    /// <summary>Refuses what LINE does not know.</summary>
    public static void Known(FlexFaults faults, JsonElement parent, string pointer, string[] names)
    {
        foreach (var property in parent.EnumerateObject().Where(property => !names.Contains(property.Name)))
            faults.Add($"{pointer}/{property.Name}", "unknown field");
    }

    private static void Holds(FlexFaults faults, JsonElement component, string pointer, string type)
    {
        switch (type)
        {
            case "box":
                Box(faults, component, pointer);
                break;

            case "button" when !component.TryGetProperty("action", out _):
                faults.Missing($"{pointer}/action");
                break;

            case "image" or "icon":
                Url(faults, component, pointer, "url");
                break;

            case "video":
                Video(faults, component, pointer);
                break;

            case "text":
                Text(faults, component, pointer);
                break;

            case "span":
                Words(faults, component, pointer);
                break;
        }

        if (component.TryGetProperty("action", out var action))
            faults.Action(action, $"{pointer}/action", type == "button" ? ActionPlace.FlexButton : ActionPlace.FlexSurface);
    }

    private static void Box(FlexFaults faults, JsonElement box, string pointer)
    {
        if (!box.TryGetProperty("layout", out var layout))
            faults.Missing($"{pointer}/layout");
        if (box.TryGetProperty("background", out var background))
            Background(faults, background, $"{pointer}/background");
        if (!box.TryGetProperty("contents", out var contents))
            faults.Missing($"{pointer}/contents");
        else
            Contents(faults, contents, $"{pointer}/contents", layout.ValueKind == JsonValueKind.String && layout.ValueEquals("baseline") ? InBaseline : InBox);
    }

    private static void Contents(FlexFaults faults, JsonElement contents, string pointer, string[] allowed)
    {
        if (contents.ValueKind != JsonValueKind.Array)
        {
            faults.Invalid(pointer);
            return;
        }

        foreach (var (index, inner) in contents.EnumerateArray().Index())
            Check(faults, inner, $"{pointer}/{index}", allowed);
    }

    /// <summary>A text has words, or spans that have them.</summary>
    private static void Text(FlexFaults faults, JsonElement text, string pointer)
    {
        if (text.TryGetProperty("contents", out var spans))
            Contents(faults, spans, $"{pointer}/contents", ["span"]);
        if (spans.ValueKind != JsonValueKind.Array || spans.GetArrayLength() == 0 || text.TryGetProperty("text", out _))
            Words(faults, text, pointer);
    }

    private static void Words(FlexFaults faults, JsonElement component, string pointer)
    {
        if (!component.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String || text.GetString()!.Length == 0)
            faults.Add($"{pointer}/text", "must be non-empty text");
    }

    private static void Video(FlexFaults faults, JsonElement video, string pointer)
    {
        Url(faults, video, pointer, "url");
        Url(faults, video, pointer, "previewUrl");
        if (video.TryGetProperty("altContent", out var instead))
            Check(faults, instead, $"{pointer}/altContent", ["box", "image"]);
        else
            faults.Missing($"{pointer}/altContent");
        if (video.TryGetProperty("action", out var action) && !(action.ValueKind == JsonValueKind.Object && action.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("uri")))
            faults.Invalid($"{pointer}/action");
    }

    private static void Url(FlexFaults faults, JsonElement component, string pointer, string name)
    {
        var at = $"{pointer}/{name}";
        if (!component.TryGetProperty(name, out var value))
            faults.Missing(at);
        else if (value.ValueKind != JsonValueKind.String || value.GetString()!.Length is 0 or > Limits.Url)
            faults.Invalid(at);
        else if (!PublicAddress.IsAllowed(value.GetString()))
            faults.Add(at, "invalid uri scheme");
    }

    private static void Background(FlexFaults faults, JsonElement background, string pointer)
    {
        if (background.ValueKind != JsonValueKind.Object || !background.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || !type.ValueEquals("linearGradient"))
        {
            faults.Invalid(pointer);
            return;
        }

        Known(faults, background, pointer, ["type", "angle", "startColor", "endColor", "centerColor", "centerPosition"]);
        foreach (var needed in (ReadOnlySpan<string>)["angle", "startColor", "endColor"])
        {
            if (!background.TryGetProperty(needed, out _))
                faults.Missing($"{pointer}/{needed}");
        }

        FlexValues.Property(faults, background, pointer, "angle", FlexValues.Angle);
        FlexValues.Property(faults, background, pointer, "startColor", FlexValues.Color);
        FlexValues.Property(faults, background, pointer, "endColor", FlexValues.Color);
        FlexValues.Property(faults, background, pointer, "centerColor", FlexValues.Color);
        FlexValues.Property(faults, background, pointer, "centerPosition", FlexValues.Part);
    }
}
