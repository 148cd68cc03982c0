using System.Text.Json;

namespace ModuleGateway.Facade;

/// <summary>Where a request says which chats it is about, and what LINE says when it says it badly.</summary>
/// <param name="Name">A parameter of the path, or a property of the body: <c>to</c>, or <c>chat.userId</c> for one inside another.</param>
internal sealed record ChatsOf(string Name)
{
    /// <summary>A parameter of the path; its shape is checked like that of any other.</summary>
    public bool InPath { get; init; }

    /// <summary>How many there may be at most; more than one: a list.</summary>
    public int Max { get; init; } = 1;

    /// <summary>Whether groups and rooms are refused.</summary>
    public bool OnlyUsers { get; init; }

    /// <summary>When it is not there.</summary>
    public FacadeAnswer Missing { get; init; } = LineErrors.NotFound;

    /// <summary>When the one at this place is no id, or is nobody's that LINE knows.</summary>
    public Func<int, FacadeAnswer> Unknown { get; init; } = _ => LineErrors.NotFound;

    /// <summary>The ids as the body has them, or why it is refused.</summary>
    /// <param name="body">A JSON object.</param>
    public FacadeAnswer? Read(ReadOnlyMemory<byte> body, out IReadOnlyList<string> chats)
    {
        chats = [];
        using var json = JsonDocument.Parse(body);
        var value = json.RootElement;
        foreach (var name in Name.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object)
                return Missing;

            var given = value.EnumerateObject().Where(property => property.NameEquals(name)).Take(2).ToList();
            if (given.Count > 1)
                return LineErrors.SaidTwice(Name);
            if (given.Count == 0)
                return Missing;
            value = given[0].Value;
        }

        if (Max == 1)
        {
            if (value.ValueKind != JsonValueKind.String)
                return Not(value);
            chats = [value.GetString()!];
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
            return Not(value);
        if (value.GetArrayLength() is var length && (length == 0 || length > Max))
            return LineErrors.InvalidProperty(Name, $"Size must be between 1 and {Max}");

        var texts = new List<string>(length);
        foreach (var one in value.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.String)
                return Unknown(texts.Count);
            texts.Add(one.GetString()!);
        }

        chats = texts;
        return null;
    }

    /// <summary>Null is read as left out; of anything else LINE says that it is invalid.</summary>
    private FacadeAnswer Not(JsonElement value) => value.ValueKind == JsonValueKind.Null ? Missing : LineErrors.InvalidId(Name);
}
