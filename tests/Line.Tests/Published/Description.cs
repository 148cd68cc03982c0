using System.Text.Json;
using System.Text.Json.Nodes;

namespace Line.Tests.Published;

/// <summary>One of LINE's published API descriptions, read where it lies.</summary>
public sealed class Description
{
    private const string References = "#/components/";
    private readonly JsonNode _root;

    private Description(string file)
    {
        File = file;
        _root = Yaml.Parse(System.IO.File.ReadAllText(Path.Combine(DescriptionsFactAttribute.Folder!, file)));
    }

    public string File { get; }

    public IEnumerable<PublishedCall> Calls =>
        from path in _root["paths"]!.AsObject()
        from verb in path.Value!.AsObject()
        where verb.Key is "get" or "post" or "put" or "delete"
        select new PublishedCall(this, path.Key, verb.Key, verb.Value!.AsObject(), path.Value!["parameters"]?.AsArray());

    public static Description Of(string file) => new(file);

    public JsonObject Schema(string name) => _root["components"]!["schemas"]![name]!.AsObject();

    public string Server => (string)_root["servers"]![0]!["url"]!;

    /// <summary>The schema itself, where this one only points at it; with the name that it goes by.</summary>
    public (string? Name, JsonObject Schema) Resolve(JsonObject schema)
    {
        string? name = null;
        while (schema["$ref"] is { } reference)
        {
            var path = ((string)reference!)[References.Length..].Split('/');
            name = path[^1];
            schema = _root["components"]![path[0]]![name]!.AsObject();
        }

        return (name, schema);
    }

    /// <summary>All properties of a schema and of what it is made of; which of them are required.</summary>
    public (Dictionary<string, JsonObject> Properties, HashSet<string> Required) Fields(JsonObject schema)
    {
        var properties = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        var required = new HashSet<string>(StringComparer.Ordinal);
        Collect(schema);
        return (properties, required);

        void Collect(JsonObject part)
        {
            part = Resolve(part).Schema;
            foreach (var (name, value) in part["properties"]?.AsObject() ?? [])
                properties[name] = value!.AsObject();

            foreach (var name in part["required"]?.AsArray() ?? [])
                required.Add((string)name!);

            foreach (var other in part["allOf"]?.AsArray() ?? [])
                Collect(other!.AsObject());
        }
    }

    /// <summary>The kinds that a schema's discriminator names.</summary>
    public IReadOnlyDictionary<string, JsonObject> Kinds(JsonObject schema) =>
        Resolve(schema).Schema["discriminator"]?["mapping"]?.AsObject().ToDictionary(
            kind => kind.Key, kind => new JsonObject { ["$ref"] = (string)kind.Value! }, StringComparer.Ordinal) ?? [];
}
