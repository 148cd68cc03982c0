using System.Globalization;
using System.Text.Json.Nodes;

namespace Line.Tests.Published;

/// <summary>Makes an answer of a published form in which every value is another one, so that each can be found again.</summary>
/// <param name="variant">Which kind is taken where there are several.</param>
internal sealed class SampleAnswer(Description description, int variant = 0)
{
    private int _count = 1000;

    /// <summary>What was put where.</summary>
    public Dictionary<string, string> Leaves { get; } = new(StringComparer.Ordinal);

    public JsonNode Of(JsonObject schema, string at)
    {
        var (name, form) = description.Resolve(schema);
        var kinds = description.Kinds(schema);
        if (kinds.Count > 0)
        {
            var (type, kind) = kinds.ElementAt(variant % kinds.Count);
            var (kindName, kindForm) = description.Resolve(kind);
            var node = Object(kindForm, kindName ?? at);
            node["type"] = type;
            Leaves.Remove($"{kindName ?? at}.type");
            return node;
        }

        if ((string?)form["type"] == "array")
            return new JsonArray(Of(form["items"]!.AsObject(), $"{name ?? at}[]"));

        return form["properties"] is not null || form["allOf"] is not null || (string?)form["type"] == "object" ? Object(form, name ?? at) : Scalar(form, at);
    }

    private JsonObject Object(JsonObject form, string at)
    {
        var node = new JsonObject();
        foreach (var (property, schema) in description.Fields(form).Properties)
            node[property] = Of(schema, $"{at}.{property}");

        return node;
    }

    private JsonValue Scalar(JsonObject form, string at)
    {
        var number = _count++;
        switch ((string?)form["type"])
        {
            case "boolean":
                return JsonValue.Create(true);
            case "integer":
                Leaves[at] = number.ToString(CultureInfo.InvariantCulture);
                return JsonValue.Create(number);
            case "number":
                Leaves[at] = (number + 0.5).ToString(CultureInfo.InvariantCulture);
                return JsonValue.Create(number + 0.5);
            default:
                return JsonValue.Create(Leaves[at] = Text(form, at, number));
        }
    }

    private static string Text(JsonObject form, string at, int number)
    {
        if (form["enum"]?.AsArray() is { } words)
            return (string)words[^1]!; // "limited" bears a value, "none" would not.

        if ((string?)form["format"] == "date-time")
            return $"2026-01-02T03:04:05.{number % 1000:000}Z";

        if ((string?)form["format"] == "uri")
            return $"https://a.example/{number}";

        if (form["pattern"] is not null || at.EndsWith("nextBillingDate", StringComparison.Ordinal))
            return at.EndsWith("nextBillingDate", StringComparison.Ordinal) ? $"2026-02-{number % 28 + 1:00}" : $"202602{number % 28 + 1:00}";

        if (at.EndsWith("client_id", StringComparison.Ordinal))
            return number.ToString(CultureInfo.InvariantCulture);

        return at.EndsWith("userId", StringComparison.Ordinal) || at.EndsWith("botId", StringComparison.Ordinal) || at.EndsWith("bot_id", StringComparison.Ordinal) || at.Contains("Ids", StringComparison.Ordinal)
            ? $"U{number:x32}"
            : $"text-{number}";
    }
}
