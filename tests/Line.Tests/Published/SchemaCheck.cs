using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Line.Tests.Published;

/// <summary>Holds JSON against a schema of LINE's, kinds followed, properties that LINE does not know refused; keeps which properties it met.</summary>
public sealed class SchemaCheck(Description description)
{
    /// <summary>What is wrong, each with its place.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Properties met, like <c>FlexBox.layout</c>.</summary>
    public HashSet<string> Met { get; } = new(StringComparer.Ordinal);

    public void Check(JsonObject schema, JsonElement value, string at)
    {
        var (name, form) = description.Resolve(schema);
        var kinds = description.Kinds(schema);
        if (kinds.Count > 0)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("type", out var type) || !kinds.TryGetValue(type.GetString()!, out var kind))
            {
                Problems.Add($"{at}: no kind of {name}");
                return;
            }

            (name, form) = description.Resolve(kind);
        }

        if ((string?)form["type"] == "array")
            CheckArray(form, value, at);
        else if ((string?)form["type"] == "object" || form["properties"] is not null || form["allOf"] is not null)
            CheckObject(name ?? at, form, value, at);
        else
            CheckScalar(form, value, at);
    }

    /// <summary>All properties that can be reached from a schema.</summary>
    public IReadOnlySet<string> Reachable(params IEnumerable<string> names)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var walked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
            Walk(new JsonObject { ["$ref"] = $"#/components/schemas/{name}" }, name);

        return found;

        void Walk(JsonObject schema, string fallback)
        {
            var (name, form) = description.Resolve(schema);
            name ??= fallback;
            if (!walked.Add(name))
                return;

            foreach (var (kind, derived) in description.Kinds(schema))
                Walk(derived, kind);

            if (form["items"] is JsonObject items)
                Walk(items, $"{name}[]");

            if (form["additionalProperties"] is JsonObject others)
                Walk(others, $"{name}.*");

            foreach (var (property, value) in description.Fields(form).Properties)
            {
                if (description.Kinds(schema).Count == 0)
                    found.Add($"{name}.{property}");

                Walk(value, $"{name}.{property}");
            }
        }
    }

    private void CheckArray(JsonObject form, JsonElement value, string at)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Problems.Add($"{at}: an array is expected, not {value}");
            return;
        }

        var count = value.GetArrayLength();
        if (count > Number(form, "maxItems", double.MaxValue) || count < Number(form, "minItems", 0))
            Problems.Add($"{at}: {count} items");

        var index = 0;
        foreach (var item in value.EnumerateArray())
            Check(form["items"]!.AsObject(), item, $"{at}[{index++}]");
    }

    private void CheckObject(string name, JsonObject form, JsonElement value, string at)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Problems.Add($"{at}: an object is expected, not {value}");
            return;
        }

        var (properties, required) = description.Fields(form);
        Problems.AddRange(required.Where(property => !value.TryGetProperty(property, out _)).Select(property => $"{at}: {property} is missing"));
        foreach (var property in value.EnumerateObject())
        {
            if (properties.TryGetValue(property.Name, out var schema))
            {
                Met.Add($"{name}.{property.Name}");
                Check(schema, property.Value, $"{at}.{property.Name}");
            }
            else if (form["additionalProperties"] is JsonObject others)
            {
                Check(others, property.Value, $"{at}.{property.Name}");
            }
            else
            {
                Problems.Add($"{at}: LINE knows no {property.Name}");
            }
        }
    }

    private void CheckScalar(JsonObject form, JsonElement value, string at)
    {
        var fits = (string?)form["type"] switch
        {
            "string" => value.ValueKind == JsonValueKind.String,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind == JsonValueKind.Number,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            _ => true,
        };
        if (!fits)
        {
            Problems.Add($"{at}: {form["type"]} is expected, not {value}");
            return;
        }

        if (form["enum"]?.AsArray() is { } words && !words.Any(word => (string)word! == value.ToString()))
            Problems.Add($"{at}: {value} is none of LINE's words");

        if (value.ValueKind == JsonValueKind.String)
        {
            var text = value.GetString()!;
            if (text.Length > Number(form, "maxLength", double.MaxValue) || text.Length < Number(form, "minLength", 0))
                Problems.Add($"{at}: {text.Length} characters");

            if (form["pattern"] is { } pattern && !Regex.IsMatch(text, (string)pattern!))
                Problems.Add($"{at}: {text} does not match {pattern}");
        }
        else if (value.ValueKind == JsonValueKind.Number && (value.GetDouble() > Number(form, "maximum", double.MaxValue) || value.GetDouble() < Number(form, "minimum", double.MinValue)))
        {
            Problems.Add($"{at}: {value} is out of range");
        }
    }

    private static double Number(JsonObject form, string name, double otherwise) =>
        form[name] is { } number ? double.Parse((string)number!, CultureInfo.InvariantCulture) : otherwise;
}
