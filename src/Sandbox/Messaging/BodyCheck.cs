using System.Globalization;
using System.Text.Json;
using Sandbox.Api;
using Sandbox.Http;

namespace Sandbox.Messaging;

/// <summary>Collects what is wrong with a request body, in LINE's words. A property of the wrong JSON type ends the reading, as at LINE.</summary>
internal sealed class BodyCheck
{
    private readonly List<ErrorDetail> _details = [];
    private string? _wrongType;
    private LineAnswer? _invalidMessage;

    /// <summary>The refusal; null: all is well so far.</summary>
    public LineAnswer? Refusal => _wrongType is { } path ? LineErrors.InvalidProperty(path) : _details.Count > 0 ? LineErrors.Invalid(_details) : _invalidMessage;

    /// <summary>All faults, also where one of them ends the reading.</summary>
    public IReadOnlyList<ErrorDetail> Faults => _wrongType is { } path ? [new ErrorDetail("invalid property", path), .. _details] : _details;

    public void Add(string path, string message) => _details.Add(new ErrorDetail(message, path));

    public void WrongType(string path) => _wrongType ??= path;

    /// <summary>A message whose properties are right one by one and not together. LINE looks at this after all else, and names the first such message only.</summary>
    public void InvalidMessage(int index, IReadOnlyList<ErrorDetail> details) => _invalidMessage ??= LineErrors.InvalidMessage(index, details);

    /// <summary>A text property. LINE counts UTF-16 units, and for what people see on buttons and in templates grapheme clusters.</summary>
    /// <returns>The text; null when it is absent or wrong.</returns>
    public string? Text(JsonElement parent, string path, string name, int max, bool isRequired = true, bool inGraphemes = false)
    {
        var at = Join(path, name);
        if (!Has(parent, name, out var value))
        {
            if (isRequired)
                Add(at, "May not be empty");
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            WrongType(at);
            return null;
        }

        var text = value.GetString()!;
        var length = inGraphemes ? new StringInfo(text).LengthInTextElements : text.Length;
        if (length > max)
            Add(at, string.Create(CultureInfo.InvariantCulture, $"Length must be between 0 and {max}"));
        else if (length == 0 && isRequired)
            Add(at, "May not be empty");
        else
            return text;
        return null;
    }

    /// <summary>A text property with one of a few values.</summary>
    /// <returns>The value; null when it is absent or wrong.</returns>
    public string? OneOf(JsonElement parent, string path, string name, string[] values, bool isRequired = true)
    {
        if (Text(parent, path, name, 100, isRequired) is not { } text)
            return null;
        if (values.Contains(text))
            return text;

        Add(Join(path, name), $"Must be one of the following values: [{string.Join(", ", values)}]");
        return null;
    }

    /// <summary>A whole number within bounds.</summary>
    public void Whole(JsonElement parent, string path, string name, int min, int max)
    {
        if (Has(parent, name, out var value) && value.ValueKind == JsonValueKind.Number && !value.TryGetInt32(out _))
            WrongType(Join(path, name));
        else
            Number(parent, path, name, min, max);
    }

    /// <summary>The items of an array that are objects, each with its path; another kind of item ends the reading.</summary>
    public IEnumerable<(string Path, JsonElement Item)> Objects(JsonElement array, string path)
    {
        foreach (var (index, item) in array.EnumerateArray().Index())
        {
            var at = $"{path}[{index}]";
            if (item.ValueKind == JsonValueKind.Object)
                yield return (at, item);
            else
                WrongType(at);
        }
    }

    /// <summary>A number property within bounds.</summary>
    public void Number(JsonElement parent, string path, string name, double min, double max)
    {
        var at = Join(path, name);
        if (!Has(parent, name, out var value))
            Add(at, "must be specified");
        else if (value.ValueKind != JsonValueKind.Number)
            WrongType(at);
        else if (value.GetDouble() is var number && (number < min || number > max))
            Add(at, string.Create(CultureInfo.InvariantCulture, $"Must be between {min} and {max}"));
    }

    /// <summary>An object property.</summary>
    public JsonElement? Object(JsonElement parent, string path, string name, bool isRequired = true) => Element(parent, path, name, JsonValueKind.Object, isRequired);

    /// <summary>An array property with so many items.</summary>
    public JsonElement? Array(JsonElement parent, string path, string name, int min, int max, bool isRequired = true)
    {
        if (Element(parent, path, name, JsonValueKind.Array, isRequired) is not { } array)
            return null;
        if (array.GetArrayLength() >= min && array.GetArrayLength() <= max)
            return array;

        Add(Join(path, name), string.Create(CultureInfo.InvariantCulture, $"Size must be between {min} and {max}"));
        return null;
    }

    /// <summary>An address that LINE's apps would fetch: https, at most 2000 characters; http on loopback stands in for it here.</summary>
    public void PictureUrl(JsonElement parent, string path, string name, bool isRequired = true)
    {
        if (Text(parent, path, name, 2000, isRequired) is { } url && !PublicAddress.IsAllowed(url))
            Add(Join(path, name), "invalid uri");
    }

    /// <summary>Whether a property is given. LINE reads null as if it were left out.</summary>
    public static bool Has(JsonElement parent, string name) => Has(parent, name, out _);

    private static bool Has(JsonElement parent, string name, out JsonElement value) => parent.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private JsonElement? Element(JsonElement parent, string path, string name, JsonValueKind kind, bool isRequired)
    {
        var at = Join(path, name);
        if (!Has(parent, name, out var value))
        {
            if (isRequired)
                Add(at, "must be specified");
            return null;
        }

        if (value.ValueKind == kind)
            return value;

        WrongType(at);
        return null;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
