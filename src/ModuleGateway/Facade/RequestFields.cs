using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ModuleGateway.Facade;

/// <summary>A string value in a request's body: where it stands and what it says.</summary>
internal readonly record struct RequestField(string Name, int Start, int Length, string Value, bool IsTopLevel);

/// <summary>Finds the strings of a request that must be LINE's before it goes on, and puts others in their place; all else stays as bytes.</summary>
internal static class RequestFields
{
    private static readonly string[] Names = ["to", "userId", "groupId", "roomId", "chatId", "replyToken", "markAsReadToken"];

    /// <summary>Null when the body is no JSON object.</summary>
    public static IReadOnlyList<RequestField>? Find(ReadOnlySpan<byte> body)
    {
        var fields = new List<RequestField>(2);
        var reader = new Utf8JsonReader(body);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;

            string? name = null;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                    name = NameOf(ref reader);
                else if (reader.TokenType == JsonTokenType.String && name is not null)
                    fields.Add(new RequestField(name, (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length, reader.GetString()!, reader.CurrentDepth == 1));
                else if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.StartObject)
                    name = null;
            }

            return fields;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null; // A stranger's text: no JSON, or a string that is no text, is an answer here.
        }
    }

    /// <summary>Whether the top level says this more than once: then LINE might read another one than we did.</summary>
    public static bool IsTwice(this IReadOnlyList<RequestField> fields, string name) => fields.Count(field => field.IsTopLevel && field.Name == name) > 1;

    /// <summary>The body with some strings replaced; both lists in the same order, the order of the body.</summary>
    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> body, IReadOnlyList<(RequestField Field, string Value)> replacements)
    {
        if (replacements.Count == 0)
            return body;

        var output = new ArrayBufferWriter<byte>(body.Length + 64);
        var copied = 0;
        foreach (var (field, value) in replacements)
        {
            output.Write(body.Span[copied..field.Start]);
            output.Write(Encoding.UTF8.GetBytes(JsonEncodedText.Encode(value).ToString()));
            copied = field.Start + field.Length;
        }

        output.Write(body.Span[copied..]);
        return output.WrittenMemory;
    }

    private static string? NameOf(ref Utf8JsonReader reader)
    {
        foreach (var name in Names)
        {
            if (reader.ValueTextEquals(name))
                return name;
        }

        return null;
    }
}
