using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ModuleGateway.Linkages;

namespace ModuleGateway.Facade;

/// <summary>A string value in a request's body: where it stands and what it says.</summary>
/// <param name="Name">The property's name, also for each string of an array.</param>
/// <param name="IsTopLevel">Whether it is the value itself of a property of the outermost object.</param>
/// <param name="IsId">Whether LINE reads a user, group or room there.</param>
internal readonly record struct RequestField(string Name, int Start, int Length, string Value, bool IsTopLevel, bool IsId);

/// <summary>Finds the strings of a request that must be LINE's before it goes on, and puts others in their place; all else stays as bytes.</summary>
internal static class RequestFields
{
    private static readonly string[] Names = ["to", "chatId", "userId", "userIds", "groupId", "roomId", "id", "replyToken", "markAsReadToken"];

    /// <summary>Null when the body is no JSON object, or says anywhere what is no text: the next reader might stumble over it.</summary>
    public static IReadOnlyList<RequestField>? Find(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
            return null;

        var fields = new List<RequestField>(2);
        var reader = new Utf8JsonReader(body);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;

            string? name = null;
            var (nameDepth, isAudience) = (0, false);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String && reader.ValueIsEscaped)
                    _ = reader.GetString(); // Half of a character fails here.
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        nameDepth = reader.CurrentDepth;
                        isAudience = nameDepth == 1 ? reader.ValueTextEquals("audiences"u8) : isAudience;
                        name = NameOf(ref reader);
                        break;
                    case JsonTokenType.String when name is not null:
                        var value = reader.GetString()!;
                        fields.Add(new RequestField(
                            name, (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length, value, reader.CurrentDepth == 1, IsId(name, value, nameDepth, isAudience)));
                        break;
                    case JsonTokenType.EndArray or JsonTokenType.StartObject:
                        name = null;
                        break;
                    default:
                        break;
                }
            }

            return fields;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null; // A stranger's text: no JSON, or a string that is no text, is an answer here.
        }
    }

    /// <summary>Whether the top level says this more than once, whatever it says: then LINE might read another one than we did.</summary>
    /// <param name="body">A JSON object.</param>
    public static bool IsTwice(ReadOnlySpan<byte> body, string name)
    {
        var reader = new Utf8JsonReader(body);
        var count = 0;
        while (reader.Read())
            count += reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals(name) ? 1 : 0;
        return count > 1;
    }

    /// <summary>The body with some strings replaced, given in any order.</summary>
    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> body, IEnumerable<(RequestField Field, string Value)> replacements)
    {
        var output = new ArrayBufferWriter<byte>(body.Length + 64);
        var copied = 0;
        foreach (var (field, value) in replacements.OrderBy(one => one.Field.Start))
        {
            output.Write(body.Span[copied..field.Start]);
            output.Write(Encoding.UTF8.GetBytes(JsonEncodedText.Encode(value).ToString()));
            copied = field.Start + field.Length;
        }

        output.Write(body.Span[copied..]);
        return output.WrittenMemory;
    }

    /// <summary><c>to</c> and <c>chatId</c> are ids at the top alone (in a rich menu's batch <c>to</c> is a menu), an audience's <c>id</c> in its list alone, where it may also be an advertiser's.</summary>
    private static bool IsId(string name, string value, int nameDepth, bool isAudience) => name switch
    {
        "to" or "chatId" => nameDepth == 1,
        "id" => isAudience && UpstreamId.LooksLikeId(Encoding.UTF8.GetBytes(value), out _),
        "userId" or "userIds" or "groupId" or "roomId" => true,
        _ => false,
    };

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
