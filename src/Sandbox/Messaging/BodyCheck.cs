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

    /// <summary>The refusal; null: all is well so far.</summary>
    public LineAnswer? Refusal => _wrongType is { } path ? LineErrors.InvalidProperty(path) : _details.Count > 0 ? LineErrors.Invalid(_details) : null;

    public void Add(string path, string message) => _details.Add(new ErrorDetail(message, path));

    public void WrongType(string path) => _wrongType ??= path;

    /// <summary>A text property. LINE counts UTF-16 units, and for what people see on buttons and in templates grapheme clusters.</summary>
    /// <returns>The text; null when it is absent or wrong.</returns>
    public string? Text(JsonElement parent, string path, string name, int max, bool isRequired = true, bool inGraphemes = false)
    {
        var at = Join(path, name);
        if (!parent.TryGetProperty(name, out var value))
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

    /// <summary>A number property within bounds.</summary>
    public void Number(JsonElement parent, string path, string name, double min, double max)
    {
        var at = Join(path, name);
        if (!parent.TryGetProperty(name, out var value))
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

    private JsonElement? Element(JsonElement parent, string path, string name, JsonValueKind kind, bool isRequired)
    {
        var at = Join(path, name);
        if (!parent.TryGetProperty(name, out var value))
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
