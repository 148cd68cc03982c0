using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>Where an event happened, and who did it.</summary>
public sealed class EventSource
{
    internal EventSource(JsonElement raw)
    {
        Raw = raw;
        User = raw.Id<UserId>("userId");
        (Kind, Chat) = raw.Text("type") switch
        {
            "user" => (SourceKind.User, Of(ChatKind.User, raw.Text("userId"))),
            "group" => (SourceKind.Group, Of(ChatKind.Group, raw.Text("groupId"))),
            "room" => (SourceKind.Room, Of(ChatKind.Room, raw.Text("roomId"))),
            _ => (SourceKind.Other, null),
        };
    }

    /// <summary>The source as it came.</summary>
    public JsonElement Raw { get; }

    /// <summary>The kind of chat.</summary>
    public SourceKind Kind { get; }

    /// <summary>The chat; null when its kind is unknown or its id has a shape that no call would take.</summary>
    public ChatId? Chat { get; }

    /// <summary>Who did it; in groups and rooms only where LINE may tell.</summary>
    public UserId? User { get; }

    private static ChatId? Of(ChatKind kind, string? id) => ChatId.TryCreate(kind, id, out var chat) ? chat : null;
}
