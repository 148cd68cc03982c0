using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BadInput;

/// <summary>What can be wrong with a body that is read as JSON: its values, its properties, its text, its bytes.</summary>
internal sealed partial class JsonTricks(Random random)
{
    private const int DepthMax = 10_000;
    private const int BodyBytesMax = 2 * 1024 * 1024;

    public IReadOnlyList<Mutation> All =>
    [
        WrongType, WrongType, WrongType, WrongType, WrongNumber, LongText, Deep, Missing, Null, Unknown, Twice, NoJson, NoText, HalfCharacter, HalfCharacterInName, Marked, Utf16, TooLong,
    ];

    private BadRequest? WrongType(Sample sample) => AtPath(sample, (node, _) =>
    {
        var others = new List<JsonNode> { JsonValue.Create("text"), JsonValue.Create(12), JsonValue.Create(true), new JsonArray(), new JsonObject(), new JsonArray(new JsonObject { ["a"] = 1 }) };
        others.RemoveAll(other => other.GetValueKind() == node.GetValueKind() || (IsTruth(other) && IsTruth(node)));
        return others[random.Next(others.Count)];
    }, "wrong type", Fate.Refused);

    private BadRequest? WrongNumber(Sample sample) => AtPath(
        sample, (node, _) => node.GetValueKind() == JsonValueKind.Number ? JsonNode.Parse(Any("1e400", "-1e400", "99999999999999999999", "-99999999999999999999", "0.5e-1", "-1")) : null, "number out of bounds", Fate.Refused);

    private BadRequest? LongText(Sample sample) => AtPath(sample, (node, _) => node.GetValueKind() == JsonValueKind.String ? JsonValue.Create(new string('x', 100_000)) : null, "text of 100 000 characters", Fate.Refused);

    private BadRequest? Deep(Sample sample) => AtText(sample, "deeper than anybody reads", Fate.Refused, Any(new string('[', DepthMax) + new string(']', DepthMax), Objects()));

    private BadRequest? HalfCharacter(Sample sample) => AtText(sample, "half a character", Fate.MayPass, "\"\\ud800\"");

    private BadRequest? NoText(Sample sample)
    {
        if (AtText(sample, "not UTF-8", Fate.Refused, "\"\u0001\"") is not { Request.Body: { } body } bad)
            return null;
        body[Array.IndexOf(body, (byte)1)] = (byte)random.Next(0xf5, 0x100);
        return bad;
    }

    private BadRequest? Missing(Sample sample) => Edit(sample, "a property is missing", Fate.MayPass, (parent, name) => parent.Remove(name));

    private BadRequest? Null(Sample sample) => Edit(sample, "null", Fate.MayPass, (parent, name) => parent[name] = null);

    private BadRequest? Unknown(Sample sample) => Edit(sample, "an unknown property", Fate.MayPass, (parent, _) => parent[Any("unknown", "__proto__", "", "Tó\u0000", "$ref", new string('n', 3000))] = JsonNode.Parse(Any("1", "null", "{}", "[[]]", "\"a\"")));

    private BadRequest? Twice(Sample sample) => WithText(sample, "a property twice", Fate.MayPass, text => Property().Replace(text, found => $"{found.Groups[1].Value}:{Any("null", "1", "\"x\"", "[]")},{found.Value}", 1));

    private BadRequest? HalfCharacterInName(Sample sample) => WithText(sample, "half a character in a name", Fate.MayPass, text => text.Length > 2 ? $"{{\"\\ud800\":1,{text[1..]}" : null);

    private BadRequest? NoJson(Sample sample) => WithText(sample, "no JSON", Fate.Refused, text => random.Next(10) switch
    {
        0 => text[..random.Next(1, text.Length)],
        1 => text + "x",
        2 => text.Replace('"', '\''),
        3 => "NaN",
        4 => text + text,
        5 => "/* a */" + text,
        6 => text[..^1] + ",}",
        7 => "[" + text + "]",
        8 => "null",
        _ => "<xml/>",
    });

    private static BadRequest? Marked(Sample sample) => WithBytes(sample, "byte order mark", Fate.Refused, body => [0xef, 0xbb, 0xbf, .. body]);

    private static BadRequest? Utf16(Sample sample) => WithBytes(sample, "UTF-16", Fate.Refused, body => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body)));

    private BadRequest? TooLong(Sample sample) => random.Next(4) == 0
        ? WithBytes(sample, "one byte more than 2 MB", Fate.Refused, body => [.. body, .. Enumerable.Repeat((byte)' ', BodyBytesMax + 1 - body.Length)])
        : null;

    private BadRequest? AtPath(Sample sample, Func<JsonNode, string, JsonNode?> change, string what, Fate fate)
    {
        if (sample.Json is not { } original)
            return null;
        var json = original.DeepClone();
        var places = Places(json).ToList();
        var (node, path) = places[random.Next(places.Count)];
        if (change(node, path) is not { } other)
            return null;
        if (node.Parent is null)
            json = other;
        else
            node.ReplaceWith(other);
        return new BadRequest(sample, $"{what} at {path}", sample.Request with { Body = Encoding.UTF8.GetBytes(json.ToJsonString()) }, fate);
    }

    /// <summary>As above with a text that is no JSON of any value.</summary>
    private BadRequest? AtText(Sample sample, string what, Fate fate, string text) =>
        AtPath(sample, (_, _) => JsonValue.Create("@here@"), what, fate) is { } bad
            ? bad with { Request = bad.Request with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bad.Request.Body!).Replace("\"@here@\"", text, StringComparison.Ordinal)) } }
            : null;

    private BadRequest? Edit(Sample sample, string what, Fate fate, Action<JsonObject, string> edit)
    {
        if (sample.Json is not { } original)
            return null;
        var json = original.DeepClone();
        var places = Places(json).Select(place => place.Node).Where(node => node.Parent is JsonObject).ToList();
        if (places.Count == 0)
            return null;
        var node = places[random.Next(places.Count)];
        edit((JsonObject)node.Parent!, node.GetPropertyName());
        return new BadRequest(sample, what, sample.Request with { Body = Encoding.UTF8.GetBytes(json.ToJsonString()) }, fate);
    }

    private static BadRequest? WithText(Sample sample, string what, Fate fate, Func<string, string?> change) =>
        sample.Json is { } json && change(json.ToJsonString()) is { } text ? new BadRequest(sample, what, sample.Request with { Body = Encoding.UTF8.GetBytes(text) }, fate) : null;

    private static BadRequest? WithBytes(Sample sample, string what, Fate fate, Func<byte[], byte[]> change) =>
        sample.Json is null ? null : new BadRequest(sample, what, sample.Request with { Body = change(sample.Request.Body!) }, fate);

    private static IEnumerable<(JsonNode Node, string Path)> Places(JsonNode node)
    {
        yield return (node, node.GetPath());
        IEnumerable<JsonNode?> inside = node switch { JsonObject some => some.Select(one => one.Value), JsonArray list => list, _ => [] };
        foreach (var place in inside.OfType<JsonNode>().SelectMany(Places))
            yield return place;
    }

    private static bool IsTruth(JsonNode node) => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

    private static string Objects() => string.Concat(Enumerable.Repeat("{\"a\":", DepthMax)) + "1" + new string('}', DepthMax);

    private string Any(params string[] choices) => choices[random.Next(choices.Length)];

    [GeneratedRegex("(\"[A-Za-z]+\"):")]
    private static partial Regex Property();
}
