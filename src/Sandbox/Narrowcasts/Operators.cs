using System.Text.Json;
using Sandbox.Messaging;

namespace Sandbox.Narrowcasts;

/// <summary>An operator object: exactly one of <c>and</c>, <c>or</c> (arrays) and <c>not</c> (one object).</summary>
internal static class Operators
{
    private const int PartsMax = 100;

    /// <summary>Its parts with their paths; none where it is wrong.</summary>
    public static IEnumerable<(JsonElement Part, string Path)> Parts(BodyCheck check, JsonElement it, string path)
    {
        var named = ((string[])["and", "or", "not"]).Where(name => it.TryGetProperty(name, out _)).ToList();
        if (named.Count != 1)
        {
            check.Add(path, "Specify one of the following properties: [and, or, not]");
            return [];
        }

        var at = $"{path}.{named[0]}";
        if (named[0] == "not")
            return [(it.GetProperty("not"), at)];
        return check.Array(it, path, named[0], 1, PartsMax) is { } parts ? parts.EnumerateArray().Index().Select(part => (part.Item, $"{at}[{part.Index}]")) : [];
    }
}
