using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Line.Json;
using Line.Validation;

namespace Line;

/// <summary>What a button, a picture or an area does when it is tapped.</summary>
/// <param name="Label">What stands on it: 20 grapheme clusters at most, 12 in an image carousel, 40 on a Flex button.</param>
[JsonConverter(typeof(KindConverter<LineAction>))]
public abstract record LineAction([property: JsonPropertyOrder(1)] string? Label) : IKind<LineAction>
{
    /// <summary>The kind's name on the wire.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => Kind;

    private protected abstract string Kind { get; }

    /// <summary>Properties that this version does not know: kept when read, sent as they are.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }

    JsonElement? IKind<LineAction>.Raw => (this as RawAction)?.Json;

    static JsonTypeInfo? IKind<LineAction>.InfoOf(string? type) => type switch
    {
        "postback" => LineJson.Default.PostbackAction,
        "message" => LineJson.Default.MessageAction,
        "uri" => LineJson.Default.UriAction,
        "datetimepicker" => LineJson.Default.DateTimePickerAction,
        "camera" => LineJson.Default.CameraAction,
        "cameraRoll" => LineJson.Default.CameraRollAction,
        "location" => LineJson.Default.LocationAction,
        "richmenuswitch" => LineJson.Default.RichMenuSwitchAction,
        "clipboard" => LineJson.Default.ClipboardAction,
        _ => null,
    };

    static LineAction IKind<LineAction>.Keep(JsonElement json) => new RawAction(json);

    internal void Check(FaultFinder faults, ActionPlace place)
    {
        if (this is RawAction)
            return;

        if (place.NeedsLabel)
            faults.Text("label", Label, place.LabelMax, Counting.Graphemes);
        else
            faults.Length("label", Label, place.LabelMax, Counting.Graphemes);

        if (!IsTaken(place))
            faults.Add("type", $"{Type} is not taken here");

        CheckOwn(faults);
    }

    /// <summary>Camera, album and place are for quick replies; switching menus is for rich menus.</summary>
    private protected virtual bool IsTaken(ActionPlace place) => true;

    private protected abstract void CheckOwn(FaultFinder faults);
}
