using System.Text.Json;
using Sandbox.Http;

namespace Sandbox.Messaging.Rules;

/// <summary>The rules for flex messages: a bubble, or a carousel of bubbles of one size. Source: reference, "Flex Message"; LINE's answers as developers report them.</summary>
internal static class FlexRules
{
    private static readonly string[] Blocks = ["header", "hero", "body", "footer"];
    private static readonly string[] VideoSizes = ["kilo", "mega", "giga"];

    public static void Check(BodyCheck check, JsonElement message, string path, int index)
    {
        check.Text(message, path, "altText", Limits.AltText);
        if (check.Object(message, path, "contents") is not { } container)
            return;

        var faults = new FlexFaults();
        switch (Text(container, "type"))
        {
            case "bubble":
                Bubble(faults, container, "", isAlone: true);
                TooLarge(faults, container, Limits.BubbleBytes, "/", "a bubble");
                break;

            case "carousel":
                Carousel(faults, container);
                break;

            case null:
                faults.Missing("/type");
                break;

            default:
                faults.Invalid("/type");
                break;
        }

        if (Animated(container) > Limits.AnimatedImages)
            faults.Add("/", $"animated can be specified for {Limits.AnimatedImages} images at most");
        if (faults.Details.Count > 0)
            check.InvalidMessage(index, faults.Details);
    }

    private static void Carousel(FlexFaults faults, JsonElement carousel)
    {
        FlexComponents.Known(faults, carousel, "", ["type", "contents"]);
        if (!carousel.TryGetProperty("contents", out var contents))
        {
            faults.Missing("/contents");
            return;
        }

        if (contents.ValueKind != JsonValueKind.Array || contents.GetArrayLength() is < 1 or > Limits.CarouselBubbles)
        {
            faults.Add("/contents", $"Size must be between 1 and {Limits.CarouselBubbles}");
            return;
        }

        foreach (var (index, bubble) in contents.EnumerateArray().Index())
        {
            if (bubble.ValueKind == JsonValueKind.Object && Text(bubble, "type") == "bubble")
            {
                Bubble(faults, bubble, $"/contents/{index}", isAlone: false);
                TooLarge(faults, bubble, Limits.BubbleBytes, $"/contents/{index}", "a bubble");
            }
            else
            {
                faults.Invalid($"/contents/{index}");
            }
        }

        if (contents.EnumerateArray().Select(bubble => bubble.ValueKind == JsonValueKind.Object ? Text(bubble, "size") ?? "mega" : "").Distinct().Count() > 1)
            faults.Add("/contents", "all bubbles must have the same size");
        TooLarge(faults, carousel, Limits.CarouselBytes, "/", "a carousel");
    }

    private static void Bubble(FlexFaults faults, JsonElement bubble, string pointer, bool isAlone)
    {
        FlexComponents.Known(faults, bubble, pointer, ["type", "size", "direction", "header", "hero", "body", "footer", "styles", "action"]);
        FlexValues.Property(faults, bubble, pointer, "size", FlexValues.Word("nano", "micro", "deca", "hecto", "kilo", "mega", "giga"));
        FlexValues.Property(faults, bubble, pointer, "direction", FlexValues.Word("ltr", "rtl"));
        if (bubble.TryGetProperty("action", out var action))
            faults.Action(action, $"{pointer}/action", ActionPlace.FlexSurface);
        if (bubble.TryGetProperty("styles", out var styles))
            Styles(faults, styles, $"{pointer}/styles");
        if (!Blocks.Any(block => bubble.TryGetProperty(block, out _)))
            faults.Add(pointer.Length == 0 ? "/" : pointer, "At least one block must be specified");

        var mayHaveVideo = isAlone && VideoSizes.Contains(Text(bubble, "size") ?? "mega");
        foreach (var block in Blocks)
        {
            if (bubble.TryGetProperty(block, out var component))
                FlexComponents.Check(faults, component, $"{pointer}/{block}", block != "hero" ? ["box"] : mayHaveVideo ? ["box", "image", "video"] : ["box", "image"]);
        }
    }

    private static void Styles(FlexFaults faults, JsonElement styles, string pointer)
    {
        if (styles.ValueKind != JsonValueKind.Object)
        {
            faults.Invalid(pointer);
            return;
        }

        FlexComponents.Known(faults, styles, pointer, Blocks);
        foreach (var block in Blocks)
        {
            if (!styles.TryGetProperty(block, out var style))
                continue;

            var at = $"{pointer}/{block}";
            if (style.ValueKind != JsonValueKind.Object)
            {
                faults.Invalid(at);
                continue;
            }

            FlexComponents.Known(faults, style, at, ["backgroundColor", "separator", "separatorColor"]);
            FlexValues.Property(faults, style, at, "backgroundColor", FlexValues.Color);
            FlexValues.Property(faults, style, at, "separatorColor", FlexValues.Color);
            FlexValues.Property(faults, style, at, "separator", FlexValues.Switch);
        }
    }

    private static void TooLarge(FlexFaults faults, JsonElement element, int max, string pointer, string what)
    {
        if (Json.Bytes(element).Length > max)
            faults.Add(pointer, $"Too large flex message. The maximum size of JSON data defining {what} is {max / 1024} KB");
    }

    private static int Animated(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => (element.TryGetProperty("animated", out var animated) && animated.ValueKind == JsonValueKind.True ? 1 : 0) + element.EnumerateObject().Sum(property => Animated(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().Sum(Animated),
        _ => 0,
    };

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString() : "" : null;
}
