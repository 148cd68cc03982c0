using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sandbox.Api;
using Sandbox.Http;
using Sandbox.Messaging;

namespace Sandbox.Notifications;

/// <summary>The rules for notification messages from templates. Source: reference, "LINE notification messages (template)".</summary>
/// <remarks>LINE's key tables are on its website only, by country: any key of their shape is taken here.</remarks>
internal static partial class NoticeRules
{
    private const int EmphasizedMax = 15;
    private const int ItemMax = 300;
    private const int UrlMax = 1000;

    /// <summary>Why LINE refuses the body; null: it does not.</summary>
    public static LineAnswer? Check(JsonElement body)
    {
        var check = new BodyCheck();
        var to = check.Text(body, "", "to", 1000);
        var template = check.Text(body, "", "templateKey", 100);
        if (to is not null && !DigestShape().IsMatch(to))
            check.Add("to", "The value must be a valid SHA-256 digest.");

        var items = new List<string>();
        var buttons = new List<string>();
        if (check.Object(body, "", "body", isRequired: false) is { } content)
            Content(check, content, items, buttons);
        return check.Refusal
            ?? (KeyShape().IsMatch(template!) ? Keys(items, buttons) : LineErrors.InvalidTemplateKey(template!));
    }

    /// <summary>What the person reads. Items and buttons are known by key; their captions are LINE's.</summary>
    public static JsonElement Compose(JsonElement body)
    {
        var text = new StringBuilder(body.GetProperty("templateKey").GetString());
        if (body.TryGetProperty("body", out var content))
        {
            if (content.TryGetProperty("emphasizedItem", out var first))
                Line(text, first, "itemKey", "content");
            foreach (var item in Parts(content, "items"))
                Line(text, item, "itemKey", "content");
            foreach (var button in Parts(content, "buttons"))
                Line(text, button, "buttonKey", "url");
        }

        return Json.Element(new { type = "text", text = text.ToString() });
    }

    private static void Content(BodyCheck check, JsonElement content, List<string> items, List<string> buttons)
    {
        if (check.Object(content, "body", "emphasizedItem", isRequired: false) is { } first)
            Part(check, first, "body.emphasizedItem", "itemKey", "content", EmphasizedMax, items);
        Each(check, content, "items", 15, "itemKey", "content", ItemMax, items);
        Each(check, content, "buttons", 2, "buttonKey", "url", UrlMax, buttons);
    }

    private static void Each(BodyCheck check, JsonElement content, string name, int max, string keyName, string valueName, int lengthMax, List<string> keys)
    {
        if (check.Array(content, "body", name, 0, max, isRequired: false) is not { } parts)
            return;

        foreach (var (index, part) in parts.EnumerateArray().Index())
            Part(check, part, $"body.{name}[{index}]", keyName, valueName, lengthMax, keys);
    }

    private static void Part(BodyCheck check, JsonElement part, string path, string keyName, string valueName, int lengthMax, List<string> keys)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            check.WrongType(path);
            return;
        }

        if (check.Text(part, path, keyName, 100) is { } key)
            keys.Add(key);
        if (check.Text(part, path, valueName, lengthMax) is { } value && valueName == "url" && !PublicAddress.IsAllowed(value))
            check.Add($"{path}.url", "invalid uri");
    }

    private static LineAnswer? Keys(List<string> items, List<string> buttons)
    {
        List<ErrorDetail> faults =
        [
            .. items.Where(key => !KeyShape().IsMatch(key)).Select(key => new ErrorDetail($"The specified item key does not exist: {key}")),
            .. buttons.Where(key => !KeyShape().IsMatch(key)).Select(key => new ErrorDetail($"The specified button key does not exist: {key}")),
            .. items.CountBy(key => key, StringComparer.Ordinal).Where(pair => pair.Value > 1).Select(pair => new ErrorDetail($"The specified item key is duplicated: {pair.Key}")),
        ];
        return faults.Count == 0 ? null : LineAnswer.Error(400, string.Create(CultureInfo.InvariantCulture, $"The request body has {faults.Count} invalid key(s)."), faults);
    }

    private static JsonElement.ArrayEnumerator Parts(JsonElement content, string name) => content.TryGetProperty(name, out var parts) ? parts.EnumerateArray() : default;

    private static void Line(StringBuilder text, JsonElement part, string keyName, string valueName) =>
        text.Append(CultureInfo.InvariantCulture, $"\n{part.GetProperty(keyName)}: {part.GetProperty(valueName)}");

    [GeneratedRegex(@"\A[a-z0-9_]+\z")]
    private static partial Regex KeyShape();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex DigestShape();
}
