using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>What somebody sent.</summary>
public abstract class MessageContent
{
    private protected MessageContent(JsonElement raw)
    {
        Raw = raw;
        Type = raw.Text("type") ?? "";
        Id = raw.Id<MessageId>("id");
        QuoteToken = raw.Text("quoteToken");
        MarkAsReadToken = raw.Text("markAsReadToken");
        QuotedMessageId = raw.Id<MessageId>("quotedMessageId");
    }

    /// <summary>The message as it came.</summary>
    public JsonElement Raw { get; }

    /// <summary>The type's name on the wire; an open set.</summary>
    public string Type { get; }

    /// <summary>The message's id.</summary>
    public MessageId? Id { get; }

    /// <summary>Lets an answer in the same chat quote this message. Never expires.</summary>
    public string? QuoteToken { get; }

    /// <summary>Lets everything up to this message be marked as read.</summary>
    public string? MarkAsReadToken { get; }

    /// <summary>The message that this one quotes.</summary>
    public MessageId? QuotedMessageId { get; }

    internal static MessageContent Read(JsonElement raw) => raw.Text("type") switch
    {
        "text" => new TextContent(raw),
        "sticker" => new StickerContent(raw),
        "image" => new ImageContent(raw),
        "video" => new VideoContent(raw),
        "audio" => new AudioContent(raw),
        "file" => new FileContent(raw),
        "location" => new LocationContent(raw),
        _ => new UnknownContent(raw),
    };
}
