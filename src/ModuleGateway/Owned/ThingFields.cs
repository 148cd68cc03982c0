using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ModuleGateway.Owned;

/// <summary>A string or number in a body: where it stands and what it says.</summary>
/// <param name="Start">Its first byte; of a string, the byte after the opening quote.</param>
/// <param name="IsInList">Whether it stands in a list, where it may be left out.</param>
internal readonly record struct ThingField(string Name, int Start, int Length, string Text, bool IsString, bool IsInList);

/// <summary>Finds in a body what names things, and puts something else in its place; all else stays as bytes.</summary>
internal static class ThingFields
{
    /// <param name="names">Properties to find, at any depth.</param>
    /// <returns>Null when the body is no JSON, or says a string that is no text.</returns>
    public static IReadOnlyList<ThingField>? Find(ReadOnlySpan<byte> body, IReadOnlyCollection<string> names)
    {
        try
        {
            return Walk(body, names);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null; // A stranger's text.
        }
    }

    /// <summary>Where it stands, as LINE writes it: <c>messages[0].couponId</c>.</summary>
    public static string PathOf(ReadOnlySpan<byte> body, ThingField field)
    {
        var steps = new Stack<(string Name, int Index)>(); // One for each object or list that is open; -1: an object.
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                steps.Pop();
            else if (reader.TokenType == JsonTokenType.PropertyName)
                steps.Push((reader.GetString()!, steps.Pop().Index));
            else if (steps.TryPeek(out var top) && top.Index >= 0)
                steps.Push((top.Name, steps.Pop().Index + 1));

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                steps.Push(("", reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            if (reader.TokenStartIndex >= field.Start - 1)
                break;
        }

        return string.Concat(steps.Reverse().Select(step => step.Index > 0 ? $"[{step.Index - 1}]" : step.Name.Length > 0 ? "." + step.Name : "")).TrimStart('.');
    }

    /// <summary>What a top-level property says, string or number; null when it is not there, or the body is no JSON.</summary>
    public static string? TopLevel(ReadOnlyMemory<byte> body, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value) ? TextOf(value) : null;
        }
        catch (JsonException)
        {
            return null; // A stranger's text.
        }
    }

    public static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    /// <summary>The body with these texts in place of strings; null: the string is left out of its list.</summary>
    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> body, IReadOnlyList<(ThingField Field, string? Text)> replacements)
    {
        if (replacements.Count == 0)
            return body;

        var output = new ArrayBufferWriter<byte>(body.Length + 64);
        var copied = 0;
        foreach (var (field, text) in replacements.OrderBy(one => one.Field.Start))
        {
            var quote = text is null ? 1 : 0;
            output.Write(body.Span[copied..(field.Start - quote)]);
            if (text is not null)
                output.Write(JsonEncodedText.Encode(text).EncodedUtf8Bytes);
            copied = field.Start + field.Length + quote;
        }

        output.Write(body.Span[copied..]);
        return output.WrittenMemory;
    }

    /// <summary>The body with only those items of a top-level list that are kept; an item without an id is not.</summary>
    /// <exception cref="JsonException">The body is no JSON: whose is what in it cannot be said.</exception>
    public static ReadOnlyMemory<byte> Filter(ReadOnlyMemory<byte> body, string list, string idName, Func<string, bool> isKept)
    {
        using var json = JsonDocument.Parse(body);
        if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty(list, out var items) || items.ValueKind != JsonValueKind.Array)
            return body;

        var output = new ArrayBufferWriter<byte>(body.Length);
        var reader = new Utf8JsonReader(body.Span);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1 || !reader.ValueTextEquals(list))
                continue;

            reader.Read();
            output.Write(body.Span[..(int)reader.BytesConsumed]);
            output.Write(Encoding.UTF8.GetBytes(string.Join(',', items.EnumerateArray()
                .Where(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(idName, out var id) && TextOf(id) is { } text && isKept(text)).Select(item => item.GetRawText()))));
            reader.Skip();
            output.Write(body.Span[((int)reader.BytesConsumed - 1)..]);
            return output.WrittenMemory;
        }

        return body;
    }

    private static List<ThingField> Walk(ReadOnlySpan<byte> body, IReadOnlyCollection<string> names)
    {
        var fields = new List<ThingField>();
        var reader = new Utf8JsonReader(body);
        string? name = null;
        var nameDepth = 0;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = NameOf(ref reader, names);
                    nameDepth = reader.CurrentDepth;
                    break;
                case JsonTokenType.StartObject:
                    name = null;
                    break;
                case JsonTokenType.String when name is not null:
                    fields.Add(new ThingField(name, (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length, reader.GetString()!, true, reader.CurrentDepth > nameDepth));
                    break;
                case JsonTokenType.Number when name is not null:
                    fields.Add(new ThingField(name, (int)reader.TokenStartIndex, reader.ValueSpan.Length, Encoding.ASCII.GetString(reader.ValueSpan), false, reader.CurrentDepth > nameDepth));
                    break;
                default:
                    break;
            }
        }

        return fields;
    }

    private static string? NameOf(ref Utf8JsonReader reader, IReadOnlyCollection<string> names)
    {
        foreach (var name in names)
        {
            if (reader.ValueTextEquals(name))
                return name;
        }

        return null;
    }
}
