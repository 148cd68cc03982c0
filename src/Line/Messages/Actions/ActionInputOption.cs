using System.Text.Json.Serialization;
using Line.Json;

namespace Line;

/// <summary>What a postback button does to what stands under the chat. An open set.</summary>
/// <param name="Value">LINE's word.</param>
[JsonConverter(typeof(WordConverter<ActionInputOption>))]
public readonly record struct ActionInputOption(string Value) : IWord<ActionInputOption>
{
    /// <summary>Closes the rich menu.</summary>
    public static readonly ActionInputOption CloseRichMenu = new("closeRichMenu");

    /// <summary>Opens the rich menu.</summary>
    public static readonly ActionInputOption OpenRichMenu = new("openRichMenu");

    /// <summary>Opens the keyboard, perhaps with a text filled in.</summary>
    public static readonly ActionInputOption OpenKeyboard = new("openKeyboard");

    /// <summary>Opens the recorder for voice messages.</summary>
    public static readonly ActionInputOption OpenVoice = new("openVoice");

    static IReadOnlyList<string> IWord<ActionInputOption>.Published { get; } = ["closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"];

    /// <inheritdoc />
    public override string ToString() => Value;

    static ActionInputOption IWord<ActionInputOption>.Of(string value) => new(value);
}
