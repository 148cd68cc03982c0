using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>A text.</summary>
public sealed class TextContent : MessageContent
{
    internal TextContent(JsonElement raw) : base(raw)
    {
        Text = raw.Text("text") ?? "";
        Mentions = [.. (raw.Object("mention") ?? default).Items("mentionees").Select(mentionee => new Mention(mentionee))];
        Emojis = [.. raw.Items("emojis").Select(emoji => new ReceivedEmoji(emoji))];
    }

    /// <summary>The text; a half of a surrogate pair reads as U+FFFD.</summary>
    public string Text { get; }

    /// <summary>Whom it mentions, 20 at most.</summary>
    public IReadOnlyList<Mention> Mentions { get; }

    /// <summary>LINE's own emoji in it.</summary>
    public IReadOnlyList<ReceivedEmoji> Emojis { get; }

    /// <summary>Whether the text mentions this bot.</summary>
    public bool IsBotMentioned => Mentions.Any(mention => mention.IsSelf);
}
