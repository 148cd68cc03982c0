using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>One of LINE's own emoji in a text, which stands there as a word in parentheses.</summary>
public sealed class ReceivedEmoji
{
    internal ReceivedEmoji(JsonElement raw)
    {
        Index = raw.Int("index") ?? 0;
        Length = raw.Int("length") ?? 0;
        ProductId = raw.Text("productId") ?? "";
        EmojiId = raw.Text("emojiId") ?? "";
    }

    /// <summary>Where it begins in the text, in UTF-16 units.</summary>
    public int Index { get; }

    /// <summary>How long its word is, in UTF-16 units.</summary>
    public int Length { get; }

    /// <summary>The set.</summary>
    public string ProductId { get; }

    /// <summary>The emoji in its set.</summary>
    public string EmojiId { get; }
}
