using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Line.Json;
using Line.Validation;

namespace Line;

/// <summary>What stands in a place of a <see cref="TextMessageV2"/>.</summary>
[JsonConverter(typeof(KindConverter<TextSubstitution>))]
public abstract record TextSubstitution : IKind<TextSubstitution>, IChecked
{
    private protected TextSubstitution()
    {
    }

    /// <summary>The kind's name on the wire.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => Kind;

    private protected abstract string Kind { get; }

    JsonElement? IKind<TextSubstitution>.Raw => (this as RawSubstitution)?.Json;

    static JsonTypeInfo? IKind<TextSubstitution>.InfoOf(string? type) => type switch
    {
        "mention" => LineJson.Default.MentionSubstitution,
        "emoji" => LineJson.Default.EmojiSubstitution,
        _ => null,
    };

    static TextSubstitution IKind<TextSubstitution>.Keep(JsonElement json) => new RawSubstitution(json);

    void IChecked.Check(FaultFinder faults) => CheckOwn(faults);

    private protected virtual void CheckOwn(FaultFinder faults)
    {
    }
}
