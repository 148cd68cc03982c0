using System.Text.Json;

namespace Line.Webhooks;

/// <summary>An event's <c>source</c> while it is read.</summary>
internal readonly ref struct ScannedSource
{
    public SourceKind Kind { get; private init; }
    public JsonSpan Chat { get; private init; }
    public JsonSpan User { get; private init; }

    public static ScannedSource Read(scoped ref Utf8JsonReader reader, int readerStart)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return default;
        }

        JsonSpan type = default, user = default, group = default, room = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
                type = ScannedEvent.ReadText(ref reader, readerStart);
            else if (reader.ValueTextEquals("userId"u8))
                user = ScannedEvent.ReadText(ref reader, readerStart);
            else if (reader.ValueTextEquals("groupId"u8))
                group = ScannedEvent.ReadText(ref reader, readerStart);
            else if (reader.ValueTextEquals("roomId"u8))
                room = ScannedEvent.ReadText(ref reader, readerStart);
            else
                ScannedEvent.SkipValue(ref reader);
        }

        if (type.Is("user"u8))
            return new ScannedSource { Kind = SourceKind.User, Chat = user, User = user };

        if (type.Is("group"u8))
            return new ScannedSource { Kind = SourceKind.Group, Chat = group, User = user };

        return type.Is("room"u8)
            ? new ScannedSource { Kind = SourceKind.Room, Chat = room, User = user }
            : new ScannedSource { Kind = SourceKind.Other, User = user };
    }
}
