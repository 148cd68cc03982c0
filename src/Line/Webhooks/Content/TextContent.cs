using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>A text.</summary>
public sealed class TextContent : MessageContent
{
    internal TextContent(JsonElement raw) : base(raw)
    {
        Text = raw.Text("text") ?? "";
        IsBotMentioned = (raw.Object("mention") ?? default).Items("mentionees").Any(mentionee => mentionee.Flag("isSelf") == true);
    }

    /// <summary>The text; a half of a surrogate pair reads as U+FFFD.</summary>
    public string Text { get; }

    /// <summary>Whether the text mentions this bot.</summary>
    public bool IsBotMentioned { get; }
}
