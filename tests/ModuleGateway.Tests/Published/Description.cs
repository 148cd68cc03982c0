using System.Text.Json.Nodes;

namespace ModuleGateway.Tests.Published;

/// <summary>A call that LINE describes.</summary>
/// <param name="Name">Method and path, as in <c>GET /v2/bot/profile/{userId}</c>.</param>
internal sealed record Operation(string Name, JsonObject Json)
{
    public string Method => Name[..Name.IndexOf(' ', StringComparison.Ordinal)];

    public string Path => Name[(Name.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}

/// <summary>A text that LINE reads or writes: a property of a schema, a parameter, or a property of a body that has no schema of its own.</summary>
/// <param name="Owner">A schema's name, or a call with what of it: <c>GET /v2/bot/profile/{userId} path</c>.</param>
/// <param name="Path">From there: names joined by dots, <c>[]</c> for a list's items, <c>{}</c> for a map's values.</param>
internal sealed record Place(string File, string Owner, string Path, string Text)
{
    public string Key => $"{File} {Owner}.{Path}";
}

/// <summary>One of LINE's published descriptions, as far as these tests need it.</summary>
internal sealed class Description
{
    private static readonly string[] Methods = ["get", "post", "put", "delete", "patch"];
    private readonly JsonObject _schemas;

    private Description(string file, JsonObject root)
    {
        File = file;
        _schemas = (JsonObject?)root["components"]?["schemas"] ?? [];
        Operations =
        [
            .. from path in (JsonObject?)root["paths"] ?? []
               from method in (JsonObject)path.Value!
               where Methods.Contains(method.Key)
               select new Operation($"{method.Key.ToUpperInvariant()} {path.Key}", WithSharedParameters((JsonObject)method.Value!, (JsonObject)path.Value!)),
        ];
    }

    public string File { get; }

    public IReadOnlyList<Operation> Operations { get; }

    public static Description Read(string path) => new(System.IO.Path.GetFileName(path), (JsonObject)Yaml.Parse(System.IO.File.ReadAllText(path)));

    /// <summary>Every text in it.</summary>
    public IEnumerable<Place> Places()
    {
        foreach (var (name, schema) in _schemas)
        {
            foreach (var place in Texts(name, "", (JsonObject)schema!, ""))
                yield return place;
        }

        foreach (var operation in Operations)
        {
            foreach (var parameter in Parameters(operation))
            {
                if (IsText((JsonObject?)parameter["schema"]))
                    yield return new Place(File, $"{operation.Name} {parameter["in"]}", (string)parameter["name"]!, (string?)parameter["description"] ?? "");
            }

            foreach (var (what, schema) in Bodies(operation))
            {
                foreach (var place in Texts($"{operation.Name} {what}", "", schema, ""))
                    yield return place;
            }
        }
    }

    public IEnumerable<JsonObject> Parameters(Operation operation) => ((JsonArray?)operation.Json["parameters"] ?? []).Select(one => (JsonObject)one!);

    /// <summary>The bodies of a call: <c>request</c>, and each status that has one.</summary>
    public IEnumerable<(string What, JsonObject Schema)> Bodies(Operation operation)
    {
        foreach (var schema in Content(operation.Json["requestBody"]))
            yield return ("request", schema);
        foreach (var (status, answer) in (JsonObject?)operation.Json["responses"] ?? [])
        {
            foreach (var schema in Content(answer))
                yield return (status, schema);
        }
    }

    public JsonObject Schema(string name) => (JsonObject)_schemas[name]!;

    /// <summary>A least body that holds <paramref name="value"/> in this place; null when the place is not in bodies of this schema.</summary>
    public JsonNode? Plant(JsonObject schema, Place place, string value) => Plant(schema, null, place, value, []);

    private static JsonObject WithSharedParameters(JsonObject operation, JsonObject path)
    {
        var own = (JsonArray?)operation["parameters"] ?? [];
        var merged = (JsonObject)operation.DeepClone();
        merged["parameters"] = new JsonArray([.. ((JsonArray?)path["parameters"] ?? []).Concat(own).Select(one => one!.DeepClone())]);
        return merged;
    }

    private static IEnumerable<JsonObject> Content(JsonNode? body) => ((JsonObject?)body?["content"] ?? []).Select(media => media.Value?["schema"]).OfType<JsonObject>();

    private static string? NameOf(JsonNode? schema) => ((string?)schema?["$ref"])?.Split('/')[^1];

    private bool IsText(JsonObject? schema) => schema is not null
        && (NameOf(schema) is { } name ? IsText(Schema(name)) : (string?)schema["type"] switch
        {
            "string" => true,
            "array" => IsText((JsonObject?)schema["items"]),
            _ => false,
        });

    /// <summary>The texts that a schema has itself, in objects without a name of their own too.</summary>
    private IEnumerable<Place> Texts(string owner, string path, JsonObject schema, string description)
    {
        if (NameOf(schema) is { } name)
        {
            if (path.Length > 0 && IsText(Schema(name)))
                yield return new Place(File, owner, path, description);
            yield break;
        }

        description = (string?)schema["description"] ?? description;
        if (path.Length > 0 && (string?)schema["type"] == "string")
        {
            yield return new Place(File, owner, path, description);
            yield break;
        }

        var within =
            ((JsonObject?)schema["properties"] ?? []).Select(property => (path.Length > 0 ? $"{path}.{property.Key}" : property.Key, property.Value))
            .Concat(((JsonArray?)schema["allOf"] ?? []).Concat((JsonArray?)schema["oneOf"] ?? []).Select(part => (path, part)))
            .Append((path + "[]", schema["items"]))
            .Append((path + "{}", schema["additionalProperties"]));
        foreach (var (below, part) in within)
        {
            if (part is not JsonObject one)
                continue;
            foreach (var place in Texts(owner, below, one, description))
                yield return place;
        }
    }

    private JsonNode? Plant(JsonObject schema, string? owner, Place place, string value, HashSet<string> seen)
    {
        if (NameOf(schema) is { } name)
            return seen.Add(name) ? Plant(Schema(name), name, place, value, seen) : null;
        if (owner == place.Owner)
            return Along(place.Path, value);

        var kinds = schema["discriminator"]?["mapping"] as JsonObject ?? [];
        foreach (var (kind, target) in kinds)
        {
            var subtype = new JsonObject { ["$ref"] = (string?)target };
            if (Plant(subtype, null, place, value, seen) is JsonObject found)
            {
                found.TryAdd((string)schema["discriminator"]!["propertyName"]!, kind);
                return found;
            }
        }

        foreach (var (property, part) in (JsonObject?)schema["properties"] ?? [])
        {
            if (part is JsonObject one && Plant(one, null, place, value, seen) is { } found)
                return new JsonObject { [property] = found };
        }

        foreach (var part in ((JsonArray?)schema["allOf"] ?? []).Concat((JsonArray?)schema["oneOf"] ?? []))
        {
            if (Plant((JsonObject)part!, null, place, value, seen) is { } found)
                return found;
        }

        if (schema["items"] is JsonObject items && Plant(items, null, place, value, seen) is { } item)
            return new JsonArray(item);
        return schema["additionalProperties"] is JsonObject values && Plant(values, null, place, value, seen) is { } entry ? new JsonObject { ["key"] = entry } : null;
    }

    /// <summary>The least object that has this path.</summary>
    private static JsonNode Along(string path, string value)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var (step, rest) = dot < 0 ? (path, "") : (path[..dot], path[(dot + 1)..]);
        var below = rest.Length > 0 ? Along(rest, value) : JsonValue.Create(value);
        while (step.EndsWith("[]", StringComparison.Ordinal) || step.EndsWith("{}", StringComparison.Ordinal))
        {
            below = step.EndsWith("[]", StringComparison.Ordinal) ? new JsonArray(below) : new JsonObject { ["key"] = below };
            step = step[..^2];
        }

        return step.Length > 0 ? new JsonObject { [step] = below } : below;
    }
}
