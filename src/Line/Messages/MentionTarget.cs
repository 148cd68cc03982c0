using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Line.Json;

namespace Line;

/// <summary>Whom a mention is of.</summary>
[JsonConverter(typeof(KindConverter<MentionTarget>))]
public abstract record MentionTarget : IKind<MentionTarget>
{
    private protected MentionTarget()
    {
    }

    /// <summary>The kind's name on the wire.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => Kind;

    private protected abstract string Kind { get; }

    JsonElement? IKind<MentionTarget>.Raw => (this as RawMentionTarget)?.Json;

    static JsonTypeInfo? IKind<MentionTarget>.InfoOf(string? type) => type switch
    {
        "user" => LineJson.Default.UserMentionTarget,
        "all" => LineJson.Default.AllMentionTarget,
        _ => null,
    };

    static MentionTarget IKind<MentionTarget>.Keep(JsonElement json) => new RawMentionTarget(json);
}
