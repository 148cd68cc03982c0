using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Line.Json;
using Line.Validation;

namespace Line;

/// <summary>What a part of the picture does when it is tapped.</summary>
/// <param name="Area">The part.</param>
[JsonConverter(typeof(KindConverter<ImagemapAction>))]
public abstract record ImagemapAction([property: JsonPropertyOrder(1)] ImagemapArea Area) : IKind<ImagemapAction>, IChecked
{
    /// <summary>The kind's name on the wire.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => Kind;

    private protected abstract string Kind { get; }

    /// <summary>What a screen reader says: 100 UTF-16 units at most.</summary>
    public string? Label { get; init; }

    JsonElement? IKind<ImagemapAction>.Raw => (this as RawImagemapAction)?.Json;

    static JsonTypeInfo? IKind<ImagemapAction>.InfoOf(string? type) => type switch
    {
        "message" => LineJson.Default.MessageImagemapAction,
        "uri" => LineJson.Default.UriImagemapAction,
        "clipboard" => LineJson.Default.ClipboardImagemapAction,
        _ => null,
    };

    static ImagemapAction IKind<ImagemapAction>.Keep(JsonElement json) => new RawImagemapAction(json);

    void IChecked.Check(FaultFinder faults)
    {
        if (this is RawImagemapAction)
            return;

        CheckOwn(faults);
        faults.Length("label", Label, 100);
        faults.Part("area", Area);
    }

    private protected abstract void CheckOwn(FaultFinder faults);
}
